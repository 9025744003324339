import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import type { BrowserContext, Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appointFirst } from '../../server/appointments/appoint-first.ts'
import { runningApp } from '../support/app.ts'
import { answering, appointing, personInHeader } from '../support/asker.ts'
import { openBrowser } from '../support/browser.ts'
import { followRecords } from '../support/follow-records.ts'
import { visitors } from '../support/visitors.ts'
import { network } from './network.ts'

const people = visitors()
let app: Awaited<ReturnType<typeof runningApp>>
let asking: ReturnType<typeof answering>
let browser: Awaited<ReturnType<typeof openBrowser>>
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'clerestory-records-page-'))
  await build({
    configFile: false,
    logLevel: 'error',
    plugins: [svelte({ configFile: false })],
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'esnext',
      rolldownOptions: {
        input: 'test/web/records-page/main.ts',
        output: { entryFileNames: 'main.js' },
      },
    },
  })
  app = await runningApp({ ...people, personOf: personInHeader })
  asking = answering(app)
  await appointFirst(app.db, 'ines')
  browser = await openBrowser()
})
afterAll(async () => {
  await browser[Symbol.asyncDispose]()
  await app[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

/** A browser in which somebody is signed in, and a page of theirs that shows what is unread. */
async function context(person: string, session = person) {
  const opened = await browser.browser.newContext({
    extraHTTPHeaders: people.headers(person, session),
  })
  await opened.route('**/records-page/**', async (route) => {
    const { pathname } = new URL(route.request().url())
    const body = await readFile(path.join(folder, pathname.replace('/records-page/', '')))
    return route.fulfill({ contentType: 'text/javascript', body })
  })
  return opened
}

async function openTab(opened: BrowserContext, appointment: number, origin = app.origin) {
  const page = await opened.newPage()
  const isFollowed = page
    .waitForEvent('websocket')
    .then((socket) =>
      socket.waitForEvent('framereceived', ({ payload }) => String(payload).includes('"records"')),
    )
  // A page that is not the server's own would get no socket.
  await page.goto(`${origin}/livez?appointment=${appointment}`)
  await page.addScriptTag({ url: '/records-page/main.js', type: 'module' })
  await isFollowed
  return page
}

const count = async (page: Page) => Number(await page.locator('a').allTextContents())

async function appoint(person: string): Promise<number> {
  using witness = followRecords(app.origin)
  const { body } = await asking.act('ines', '/api/v1/appointments', appointing(person))
  // Else it would itself be news to a page that is opened now.
  await expect.poll(() => witness.at).toBe(body.act.seq)
  return body.appointment.id
}

/** Two records about an appointment. */
async function suspendAndResume(id: number): Promise<void> {
  for (const what of ['suspension', 'resumption']) {
    const { status } = await asking.act('ines', `/api/v1/appointments/${id}/${what}`, {
      reason: 'x',
    })
    expect(status).toBe(200)
  }
}

test('two tabs show the same unread count, and a closed and reopened one what it missed', async () => {
  const id = await appoint('mei')
  const opened = await context('mei')
  const [one, two] = [await openTab(opened, id), await openTab(opened, id)]
  const before = await count(one)
  await suspendAndResume(id)
  await expect.poll(() => count(one)).toBe(before + 2)
  await expect.poll(() => count(two)).toBe(before + 2)
  await expect.poll(() => one.locator('li').allTextContents()).toHaveLength(1)

  await one.close()
  await two.close()
  await suspendAndResume(id)
  const again = await openTab(opened, id)
  await expect.poll(() => count(again)).toBe(before + 4)
  await opened.close()
})

test('what is read on one device is read on another, and a new one begins with what is unread', async () => {
  const id = await appoint('uma')
  const [desk, phone] = [await context('uma', 'desk'), await context('uma', 'phone')]
  const [one, two] = [await openTab(desk, id), await openTab(phone, id)]
  await suspendAndResume(id)
  await expect.poll(() => count(two)).toBe(2)
  await one.getByRole('button', { name: 'read', exact: true }).click()
  await expect.poll(() => count(two), { timeout: 5000 }).toBe(0)

  await phone.close()
  await suspendAndResume(id)
  const other = await context('uma', 'other')
  const three = await openTab(other, id)
  await expect.poll(() => count(three)).toBe(2)
  await Promise.all([desk.close(), other.close()])
})

test('a page that slept while records were written has them once when it wakes', async () => {
  const id = await appoint('noor')
  await using net = await network(Number(new URL(app.origin).port))
  const opened = await context('noor')
  const page = await openTab(opened, id, net.origin)
  const before = await count(page)
  const cdp = await opened.newCDPSession(page)
  await cdp.send('Page.setWebLifecycleState', { state: 'frozen' })
  net.drop()
  await suspendAndResume(id)
  net.restore()
  await cdp.send('Page.setWebLifecycleState', { state: 'active' })

  await expect.poll(() => count(page)).toBe(before + 2)
  await opened.close()
})

test('I9: whose session ends is told why within 5 s, and the page goes on as public', async () => {
  const id = await appoint('bao')
  const opened = await context('bao')
  const page = await openTab(opened, id)
  people.endSession('bao')

  await expect
    .poll(() => page.locator('h1').allTextContents(), { timeout: 5000 })
    .toEqual(['public'])
  expect(await page.locator('li').allTextContents()).toEqual([
    expect.stringContaining('your session has ended'),
  ])
  await opened.close()
})
