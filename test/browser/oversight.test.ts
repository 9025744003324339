import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appointFirst } from '../../server/appointments/appoint-first.ts'
import { invite } from '../../server/accounts/invite.ts'
import { openBrowser } from '../support/browser.ts'
import { followRecords } from '../support/follow-records.ts'
import { claimed, flagging, term } from '../server/oversight/tale.ts'
import { smallCity } from './city.ts'

let city: Awaited<ReturnType<typeof smallCity>>
let chromium: Awaited<ReturnType<typeof openBrowser>>
let origin: string

beforeAll(async () => {
  ;[city, chromium] = await Promise.all([smallCity({ SIGN_INS_PER_MINUTE: '0' }), openBrowser()])
  // Passkeys belong to a name, not to an address.
  origin = city.origin.replace('127.0.0.1', 'localhost')
})

afterAll(async () => {
  await chromium[Symbol.asyncDispose]()
  await city[Symbol.asyncDispose]()
})

interface Person {
  id: string
  page: Page
  context: BrowserContext
  ask: (path: string) => Promise<any>
  /** Through the API, from the page that the person is signed in on. */
  act: (path: string, body?: object) => Promise<{ status: number; body: any }>
}

const press = (page: Page, name: string) => page.getByRole('button', { name }).click()

/** A browser of its own, with a device that knows its owner, in which somebody makes a passkey and signs in with it. */
async function withPasskey(name: string, { personId, token }: { personId: string; token: string }) {
  const context = await chromium.browser.newContext()
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  await page.goto(`${origin}/welcome#${token}`)
  await press(page, 'Make a passkey')
  const who = page.locator('[data-account]').filter({ hasText: name })
  await who.waitFor()
  await page.goto(`${origin}/account`)
  await press(page, 'Sign out')
  await page.waitForURL(`${origin}/sign-in`)
  await press(page, 'Sign in with a passkey')
  await who.waitFor()
  return { id: personId, page, context, ...asking(page) } satisfies Person
}

function asking(page: Page): Pick<Person, 'ask' | 'act'> {
  const send = (path: string, body?: object) =>
    page.evaluate(
      async ([path, body]) => {
        const init = body && {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
          body: JSON.stringify(body),
        }
        const answer = await fetch(`/api/v1${path}`, init)
        return { status: answer.status, body: await answer.json() }
      },
      [path, body] as const,
    )
  return { ask: async (path) => send(path), act: (path, body = {}) => send(path, body) }
}

/** What the person's browser would be sent: a socket with the session's cookie. */
async function socketOf({ context }: Person) {
  const cookies = await context.cookies(origin)
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const follower = followRecords(origin, { since: 0 }, { cookie, origin })
  await expect.poll(() => follower.pages.length).toBeGreaterThan(0)
  return follower
}

/** As `claimed`, of what the page is answered. */
const claimOf = ({ ask }: Person) => claimed({ ask } as Parameters<typeof claimed>[0])

async function done(answer: Promise<{ status: number; body: any }>): Promise<any> {
  const { status, body } = await answer
  expect(body.error).toBeUndefined()
  expect(status).toBeLessThan(300)
  return body
}

test('an observer who came by passkey flags a moving number; it is answered live, disputed, settled and public; revoked, they are out within 5 s', async () => {
  await city.post({ id: 'a', agency: 'PWD', area: 'Old' }, { id: 'b', agency: 'PWD', area: 'Old' })
  const first = await invite(city.db, { name: 'Inês Cardoso', email: 'i@example.org', by: null })
  await appointFirst(city.db, first.personId)
  const secretariat = await withPasskey('Inês Cardoso', first)

  const pwd = { agencies: ['PWD'], areas: null, categories: null }
  const come = async (name: string, email: string, role: string) => {
    const { personId, link } = await done(secretariat.act('/account/invitations', { name, email }))
    const form = { ...term, person: personId, name, role, jurisdiction: pwd }
    const { appointment } = await done(secretariat.act('/appointments', form))
    const token = new URL(link).hash.slice(1)
    return { appointment, person: await withPasskey(name, { personId, token }) }
  }
  const official = await come('Olga Brandt', 'o@example.org', 'official')
  const observer = await come('Mei Tanabe', 'm@example.org', 'observer')
  using desk = await socketOf(official.person)
  using own = await socketOf(observer.person)
  const arrives = ({ act }: any) => expect.poll(() => desk.at).toBe(act.seq)

  await city.post({ id: 'c', agency: 'PWD', area: 'Old' })
  await expect.poll(async () => (await claimOf(observer.person)).saw.value).toBe(3)
  const before = desk.live
  const opened = await done(observer.person.act('/flags', flagging(await claimOf(observer.person))))
  await arrives(opened)
  expect(desk.live).toBe(before + 1)
  const at = `/flags/${opened.flag.id}`
  await arrives(await done(official.person.act(`${at}/answer`, { text: 'A crew comes tonight.' })))
  await arrives(await done(observer.person.act(`${at}/dispute`, { reason: 'Nobody came.' })))
  const settlement = { for: 'observer', text: 'Nobody came.' }
  await arrives(await done(secretariat.act(`${at}/settlement`, settlement)))

  const visitor = await chromium.newPage()
  await visitor.goto(origin)
  const anybody = asking(visitor)
  const { flag } = (await anybody.ask(at)).body
  expect(flag).toMatchObject({ state: 'settled', settledFor: 'observer' })
  expect(flag.text).toContain('旧城的路灯')
  const { records } = (await anybody.ask('/records?limit=1')).body
  expect(records[0]).toMatchObject({ kind: 'flag.settled' })

  const end = { reason: 'The observer asked for it.' }
  await done(secretariat.act(`/appointments/${observer.appointment.id}/revocation`, end))
  await expect.poll(() => own.socket.connected, { timeout: 5000 }).toBe(false)
  expect(own.outs).toEqual([{ reason: 'appointment' }])
  const late = await observer.person.act('/flags', flagging(await claimOf(observer.person)))
  expect(late.status).toBe(403)
  expect(desk.faults).toEqual([])
  for (const { context } of [secretariat, official.person, observer.person]) await context.close()
  await visitor.close()
}, 120_000)
