import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TicketList } from '#shared/tickets.ts'
import type { AppointmentDeed } from '#shared/oversight/appointment.ts'
import { perform } from '../../server/acts/perform.ts'
import { asked, madeFor } from '../support/acts.ts'
import { openBrowser } from '../support/browser.ts'
import { personInSession } from '../support/session.ts'
import { addCookie } from '../support/signed-in.ts'
import { smallCity } from './city.ts'
import { turnTo } from './follow.ts'

/** Runs where a page takes it for markup: at once, or when a picture that is not there fails. */
const hostile = (place: string) =>
  `${place} <img src=x onerror="self.ran=1"><script>self.ran=1</script>"'--><svg/onload=self.ran=1>{{7*7}}`

let city: Awaited<ReturnType<typeof smallCity>>
let chromium: Awaited<ReturnType<typeof openBrowser>>
let first: string
let flagged: string
let suggested: string
let observer: string
let evidence: string
let cookie: string

beforeAll(async () => {
  ;[city, chromium] = await Promise.all([smallCity(), openBrowser()])
  const tickets = Array.from({ length: 12 }, (_, i) => ({
    id: `${i} "><img src=x onerror=self.ran=1>`,
    agency: hostile('agency'),
    area: hostile('area'),
    category: hostile('category'),
    channel: hostile('channel'),
    summary: hostile('summary'),
  }))
  await city.post(...tickets)
  first = await pathOfFirst()
  await actHostilely()
}, 30_000)

/** A flag, a suggestion and an appointment whose every text is markup. */
async function actHostilely(): Promise<void> {
  cookie = await personInSession(city.db, { id: 'mei', name: 'mei' })
  const made = madeFor('mei')
  const texts = { ...made.texts, name: hostile('observer'), title: hostile('title') }
  const held = asked(null, { ...made, texts } as AppointmentDeed, { key: null })
  const { act } = await perform(city.db, held)
  observer = `/observers/${act.id}`
  const post = async (path: string, body: object) => {
    const answer = await fetch(`${city.origin}/api/v1${path}`, {
      method: 'POST',
      headers: {
        ...{ cookie, origin: city.origin, 'content-type': 'application/json' },
        'idempotency-key': crypto.randomUUID(),
      },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
    return (await answer.json()) as { flag: { id: number }; suggestion: { id: number } }
  }
  const [, , mark = '', id = ''] = first.split('/').map(decodeURIComponent)
  const view = await fetch(`${city.origin}/api/v1/view?measures=open&window=24h`)
  const { at } = (await view.json()) as { at: unknown }
  const claim = { kind: 'ticket', mark, id, at }
  const { flag } = await post('/flags', {
    claim,
    kind: 'other',
    text: hostile('flag'),
    language: 'en',
  })
  flagged = `/flags/${flag.id}`
  const told = await fetch(`${city.origin}/api/v1${flagged}`)
  evidence = ((await told.json()) as { flag: { evidence: { hash: string } } }).flag.evidence.hash
  const said = { title: hostile('suggestion'), text: hostile('what'), why: hostile('why') }
  const form = { target: 'service', ...said, language: 'en', flags: [flag.id] }
  const { suggestion } = await post('/suggestions', form)
  suggested = `/suggestions/${suggestion.id}`
}

/** Once a ticket is listed. */
async function pathOfFirst(): Promise<string> {
  for (;;) {
    const answer = await fetch(`${city.origin}/api/v1/tickets`)
    const { rows } = (await answer.json()) as TicketList
    if (rows[0]) return `/tickets/${rows[0].mark}/${code(rows[0].id)}`
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

afterAll(async () => {
  await chromium[Symbol.asyncDispose]()
  await city[Symbol.asyncDispose]()
})

/** Of the page, where some of these functions run. */
declare const self: { ran?: number; violations: string[] }
declare function addEventListener(
  type: 'securitypolicyviolation',
  hear: (event: { violatedDirective: string; blockedURI: string }) => void,
): void

async function opened(path: string, cookie?: string): Promise<Page> {
  const page = await chromium.newPage()
  if (cookie) await addCookie(page.context(), { cookie, origin: city.origin })
  await page.addInitScript(() => {
    self.violations = []
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      self.violations.push(`${violatedDirective} ${blockedURI}`),
    )
  })
  await page.goto(city.origin + path)
  return page
}

/** Nothing ran, nothing wanted to, and nothing is there that only markup could have made. */
async function expectUnharmed(page: Page): Promise<void> {
  await page.waitForTimeout(200)
  expect(await page.evaluate(() => [self.ran, self.violations])).toEqual([undefined, []])
  expect(await page.locator('[onerror], [onload], img[src=x]').count()).toBe(0)
}

const code = encodeURIComponent
const pages: [name: string, path: () => string, text: string][] = [
  ['the board', () => '/', 'agency <img'],
  ['the list of tickets', () => '/tickets', 'category <img'],
  ['a ticket', () => first, 'area <img'],
  ['an agency', () => `/agencies/${code(hostile('agency'))}`, 'agency <img'],
  ['an area', () => `/areas/${code(hostile('area'))}`, 'area <img'],
  ['a category', () => `/categories/${code(hostile('category'))}`, 'category <img'],
  ['the flags', () => '/flags', 'flag <img'],
  ['a flag', () => flagged, 'observer <img'],
  ['the suggestions', () => '/suggestions', 'suggestion <img'],
  ['a suggestion', () => suggested, 'why <img'],
  ['the records', () => '/records', 'observer <img'],
  ['the observers', () => '/observers', 'title <img'],
  ['an observer', () => observer, 'title <img'],
  ['evidence', () => `/evidence/${evidence}`, 'flag <img'],
  ['a trace', () => `/trace/evidence:${evidence}`, 'suggestion <img'],
  ['a wall', () => '/screen', ''],
  ['no page', () => `/${code(hostile('nothing'))}`, ''],
]

let page: Page

beforeAll(async () => {
  page = await opened('/about')
})

test.each(pages)(
  'on %s hostile text is text, the policy has nothing to stop, and the city is said to be invented',
  async (_, path, text) => {
    await turnTo(page, path())
    await page
      .getByText(text || /./)
      .first()
      .waitFor({ state: 'attached' })
    await expectUnharmed(page)
    // What every page must say, and a wall.
    await page
      .getByText(/^\s*(A )?demonstration city/i)
      .first()
      .waitFor()
  },
)

test('a person whose name is markup is shown by it, and one of the demonstration as such', async () => {
  const name = hostile('name').slice(0, 100)
  const cookie = await personInSession(city.db, { id: 'somebody', name })
  await page.close()
  page = await opened('/account', cookie)
  await page.getByText('name <img').first().waitFor({ state: 'attached' })
  await expectUnharmed(page)
  const person = page.locator('[data-account=in]')
  expect(await person.innerText()).not.toContain('demo')

  await page.route('**/api/v1/account', async (route) => {
    const response = await route.fetch()
    const told = (await response.json()) as { person: object }
    await route.fulfill({ response, json: { ...told, person: { ...told.person, isDemo: true } } })
  })
  await page.reload()
  await person.filter({ hasText: 'demo' }).waitFor()
})

test('an observer’s own page and the dialog in which they flag show hostile text as text', async () => {
  await page.close()
  page = await opened('/work', cookie)
  await page.locator('[data-own]', { hasText: 'flag <img' }).waitFor()
  await expectUnharmed(page)
  await turnTo(page, first)
  await page.getByRole('button', { name: /^Flag: Ticket/ }).click()
  await page.locator('[role=dialog] [data-evidence=shown]', { hasText: 'area <img' }).waitFor()
  await expectUnharmed(page)
})
