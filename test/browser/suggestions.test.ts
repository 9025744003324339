import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { faults } from '../support/faults.ts'
import { smallPng } from '../support/hostile-files.ts'
import { inSession, signedIn } from '../support/signed-in.ts'
import { smallCity } from './city.ts'
import { visit } from './follow.ts'
import { raisedFlags } from './raised-flags.ts'

let city: Awaited<ReturnType<typeof smallCity>>
let chromium: Awaited<ReturnType<typeof openBrowser>>
let origin: string
/** Who submits where it does not matter who; each test leaves their page on one of the city's. */
let observer: Awaited<ReturnType<typeof as>>

beforeAll(async () => {
  ;[city, chromium] = await Promise.all([
    smallCity({ SIGN_INS_PER_MINUTE: '0', REQUESTS_PER_MINUTE: '0' }),
    openBrowser(),
  ])
  origin = city.origin.replace('127.0.0.1', 'localhost')
  await city.post({ id: 'a' }, { id: 'b', agency: 'Parks' })
  observer = await as('observer', 'Inês Cardoso')
})

afterAll(async () => {
  await chromium[Symbol.asyncDispose]()
  await city[Symbol.asyncDispose]()
})

type Role = 'observer' | 'official' | 'secretariat'
const as = (role: Role, name: string) =>
  inSession({ browser: chromium.browser, db: city.db, origin, role, name })
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

/** Types a suggestion. */
async function type(page: Page, title: string) {
  await page.getByLabel('Service').check()
  await page.getByLabel('Title').fill(title)
  await page.getByLabel('What to change').fill('Open the hall until nine on Thursdays.')
  await page.getByLabel('Why').fill('People work until six.')
}

/** Submits one in a browser that is signed in; answers its id. */
async function submitted(page: Page, title: string): Promise<number> {
  const told = await page.request.post(`${origin}/api/v1/suggestions`, {
    headers: { origin, 'idempotency-key': randomUUID() },
    data: {
      ...{ target: 'service', title, text: 'Do it.', why: 'It is needed.', language: 'en' },
      ...{ agency: 'Water', area: null, category: null },
    },
  })
  return ((await told.json()) as { suggestion: { id: number } }).suggestion.id
}

const review = (page: Page, id: number) =>
  page.request.post(`${origin}/api/v1/suggestions/${id}/review`, {
    headers: { origin, 'idempotency-key': randomUUID() },
    data: {},
  })

const titles = async (): Promise<string[]> => {
  const { rows } = {
    rows: await city.sql`select text as title from act_text join suggestion on id = act_id where name = 'title'`,
  }
  return rows.map(({ title }) => title as string)
}

test('a draft survives a reload and a server that is gone, and is submitted once', async () => {
  const { page } = observer
  await page.goto(`${origin}/suggestions/new`)
  await press(page, 'Submit')
  await page.getByRole('alert').filter({ hasText: 'Choose what should change.' }).waitFor()
  await type(page, 'Open in the evening')
  await page.reload()
  expect(await page.getByLabel('Title').inputValue()).toBe('Open in the evening')

  await city.vanish()
  await press(page, 'Submit')
  await page.getByRole('alert').filter({ hasText: 'The server did not answer.' }).waitFor()
  expect(await page.getByLabel('Why').inputValue()).toBe('People work until six.')
  await city.goOn()
  await page.getByRole('button', { name: 'Submit', exact: true }).dblclick()

  await page.getByRole('heading', { level: 1, name: 'Open in the evening' }).waitFor()
  expect((await titles()).filter((title) => title === 'Open in the evening')).toHaveLength(1)
  await visit(page, `${origin}/suggestions/new`)
  expect(await page.getByLabel('Title').inputValue()).toBe('')
})

test('who lost the session finds what was typed when they have signed in; who signs out is asked, and it is thrown away', async () => {
  const visit = { browser: chromium.browser, db: city.db, origin }
  const { page, context } = await signedIn({ ...visit, role: 'observer', name: 'Tomas Varga' })
  await page.goto(`${origin}/suggestions/new`)
  await type(page, 'A second counter')
  await context.clearCookies()
  await press(page, 'Submit')
  await page.getByRole('alert').filter({ hasText: 'You are signed out.' }).waitFor()
  expect(await page.getByLabel('Title').inputValue()).toBe('A second counter')

  await page.goto(`${origin}/suggestions/new`)
  await page.getByText('Observers make suggestions').waitFor()
  await page.goto(`${origin}/sign-in`)
  await press(page, 'Sign in with a passkey')
  await page.locator('[data-account=in]').waitFor()
  await page.goto(`${origin}/suggestions/new`)
  expect(await page.getByLabel('Title').inputValue()).toBe('A second counter')

  const signOut = async () => {
    await page.locator('[data-account=in]').click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByText('What you typed into 1 form was not sent.').waitFor()
  }
  const kept = () =>
    page.evaluate<number>(
      `Object.keys(localStorage).filter((name) => name.startsWith('clerestory.form.')).length`,
    )
  await signOut()
  expect(await faults(page)).toEqual([])
  await press(page, 'Stay signed in')
  expect([await page.getByLabel('Title').inputValue(), await kept()]).toEqual([
    'A second counter',
    1,
  ])
  await signOut()
  await press(page, 'Throw away and sign out')
  await page.waitForURL(`${origin}/sign-in`)
  await expect.poll(kept).toBe(0)
  await context.close()
})

test('a suggestion goes its whole way in front of who looks on, who reads where they read', async () => {
  const [mei, rui, official] = await Promise.all([
    as('observer', 'Mei Castellanos'),
    as('observer', 'Rui Okonjo'),
    as('official', 'Duarte Salim'),
  ])
  const trees: number[] = []
  for (let n = 1; n <= 6; n++) {
    trees.push(await submitted(mei.page, `Plant ${n} trees at the station`))
  }
  // One that has waited for twelve days, three of them too long.
  const DAY = 86_400_000
  await city.sql`
    update suggestion set state = state || jsonb_build_object(
      'submittedAt', (state ->> 'submittedAt')::bigint - ${12 * DAY}::bigint,
      'reviewBy', ${Date.now() - 3.5 * DAY}::double precision::bigint)
    where id = ${trees[1]!}`
  const board = await chromium.newPage({ viewport: { width: 390, height: 844 } })
  await board.goto(`${origin}/suggestions`)
  const ages = board.locator('[data-state=submitted] .ages')
  await ages.filter({ hasText: /oldest 12 days ago.*1 late/s }).waitFor()
  await board.locator('article', { hasText: /Plant 2 trees.*12 days ago.*3 days late/s }).waitFor()
  const card = board.locator('article', { hasText: 'Plant 6 trees' })
  expect(await card.textContent()).toMatch(/today.*review due/s)
  await card.evaluate((one) => one.scrollIntoView({ block: 'center' }))
  const top = async () => Math.round((await card.boundingBox())!.y)
  const before = await top()
  await review(official.page, trees[0]!)
  await board.locator(`[data-state=under-review] [data-suggestion="${trees[0]}"]`).waitFor()
  expect(await top()).toBe(before)

  await mei.page.goto(`${origin}/suggestions/new`)
  await mei.page.getByLabel('Title').pressSequentially('Plant shade trees at the station')
  await mei.page
    .getByText(/similar suggestions$/, { exact: false })
    .first()
    .waitFor()
  expect(await mei.page.evaluate<string>('document.activeElement.name')).toBe('title')
  await type(mei.page, 'Count the queue')
  await press(mei.page, 'Submit')
  await mei.page.getByRole('heading', { level: 1, name: 'Count the queue' }).waitFor()
  const address = mei.page.url()
  await board.locator('article', { hasText: 'Count the queue' }).waitFor()

  const public_ = await chromium.newPage()
  await public_.goto(address)
  await official.page.goto(address)
  await official.page.locator('[data-act]').first().waitFor()
  await rui.page.goto(address)
  await press(rui.page, 'Endorse')
  await rui.page.getByLabel('Your note').fill('I waited for two hours.')
  await rui.page.locator('form[data-form]').getByRole('button', { name: 'Endorse' }).click()
  await official.page.getByText('1 endorsement').first().waitFor()
  await public_.getByText('I waited for two hours.').waitFor()

  const form = official.page.locator('form[data-form]')
  await press(official.page, 'Take under review')
  await form.getByRole('button', { name: 'Take under review' }).click()
  await public_.locator('[data-state=under-review]').waitFor()
  await press(official.page, 'Adopt in part')
  await form.getByRole('button', { name: 'Adopt in part', exact: true }).click()
  await form.getByRole('alert').filter({ hasText: 'Give the reason.' }).waitFor()
  await form.getByLabel('Reason').fill('At the big offices first.')
  await form.getByRole('button', { name: 'Add a link' }).click()
  await form
    .getByRole('textbox', { name: 'Number, citation or address' })
    .fill('Ordinance 12/2026 §4')
  await form.getByRole('button', { name: 'Adopt in part', exact: true }).click()
  await public_.getByText('At the big offices first.').waitFor()

  // Also where it stands among others, by the same form.
  await visit(official.page, `${origin}/suggestions?view=list&state=partly`)
  await press(official.page, 'Say that it is implemented')
  await form.getByLabel('Reason').fill('Counters hang at every door.')
  await form.getByRole('textbox', { name: 'Number, citation or address' }).fill('WO-7781')
  const done = form.getByRole('button', { name: 'Say that it is implemented' })
  await done.click()
  await form.getByRole('alert').filter({ hasText: 'Show that it changed' }).waitFor()
  const file = { name: 'door.png', mimeType: 'image/png', buffer: smallPng() }
  await form.getByLabel('Files').setInputFiles(file)
  await form.getByRole('link', { name: 'door.png' }).waitFor()
  await done.click()
  await official.page.locator('[data-suggestion] b', { hasText: 'Implemented' }).waitFor()

  await public_.locator('[data-state=implemented]').waitFor()
  const steps = public_.locator('[data-trace] li')
  await public_.locator('[data-step=work-order]').waitFor()
  expect(await steps.evaluateAll((all) => all.map((one) => one.getAttribute('data-step')))).toEqual(
    ['suggestion', 'decision', 'rule', 'implementation', 'work-order'],
  )
  expect(await public_.locator('[data-act]').count()).toBe(5)
  expect(await public_.getByRole('button', { name: 'Endorse' }).count()).toBe(0)
  await Promise.all([mei, rui, official].map(({ context }) => context.close()))
  await Promise.all([board, public_].map((page) => page.close()))
})

test('a flag and its evidence lead to a suggestion, which rests on both and stands on their way', async () => {
  const { page } = observer
  const flag = await raisedFlags(origin, page, ['Nobody came for three weeks.'])
  const { evidence } = (
    (await (await page.request.get(flag.replace('/flags', '/api/v1/flags'))).json()) as {
      flag: { evidence: { hash: string } }
    }
  ).flag
  const suggest = page.getByRole('link', { name: 'Suggest what should change' })
  await visit(page, `${origin}/evidence/${evidence.hash}`)
  await page.locator('[data-step=flag]').waitFor()
  await suggest.click()
  await page.getByRole('link', { name: `Frozen evidence ${evidence.hash.slice(0, 4)}` }).waitFor()
  await visit(page, flag)
  await suggest.click()
  await page.getByRole('link', { name: `Flag ${flag.split('/').at(-1)}`, exact: true }).waitFor()
  await type(page, 'Answer within three weeks')
  await press(page, 'Submit')
  await page.getByRole('heading', { level: 1, name: 'Answer within three weeks' }).waitFor()
  const looker = await chromium.newPage()
  await looker.goto(`${origin}/evidence/${evidence.hash}`)
  await looker.locator('[data-step=suggestion]').waitFor()
  expect(
    await looker
      .locator('[data-trace] li')
      .evaluateAll((all) => all.map((one) => one.getAttribute('data-step'))),
  ).toEqual(['evidence', 'flag', 'suggestion'])
  expect(await looker.locator('[data-suggest]').count()).toBe(0)
  await looker.close()
})

test('a refusal of the server is said in the language of the page, beside its field', async () => {
  const { page, context } = await as('observer', 'Anselm Quirke')
  await page.goto(`${origin}/suggestions/new?flag=4711&lang=zh`)
  await page.locator('html[lang^=zh]').waitFor()
  await page.locator('input[name=target][value=rule]').check()
  for (const name of ['title', 'text', 'why']) await page.locator(`[name=${name}]`).fill('树荫')
  await page.locator('form button[type=submit]').last().click()
  await page.getByRole('alert').filter({ hasText: '此项不存在或已不在' }).waitFor()
  await context.close()
})

test('the board leads to the list, whose filters are in its address', async () => {
  const page = await chromium.newPage()
  await page.goto(`${origin}/suggestions`)
  await page.locator('[data-state=submitted] article').first().waitFor()
  await page.getByRole('searchbox', { name: 'Search suggestions' }).fill('queue')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\?view=list&q=queue|\?q=queue/)
  await page.getByText('Count the queue').waitFor()
  expect(await page.locator('[data-suggestion]').count()).toBe(1)
  await page.getByLabel('Narrow to a state').selectOption('declined')
  await page.getByText('No suggestions here').waitFor()
  await page.goBack()
  await page.getByText('Count the queue').waitFor()
  await page.close()
})

test('the list shows more when it is asked, and tells what is newer without moving', async () => {
  const { page, context } = await as('observer', 'Lio Sandoval')
  const benches = Array.from({ length: 42 }, (_, n) => submitted(page, `Mend ${n + 1} benches`))
  await Promise.all(benches)
  const { promise: connection, resolve: connect } = Promise.withResolvers<void>()
  await page.routeWebSocket(/socket\.io/, async (socket) => {
    await connection
    socket.connectToServer()
  })
  await page.goto(`${origin}/suggestions?view=list`)
  const cards = page.locator('[data-suggestion]')
  await expect.poll(() => cards.count()).toBe(25)
  await press(page, 'Show more')
  await expect.poll(() => cards.count()).toBeGreaterThan(25)
  const first = await cards.first().getAttribute('data-suggestion')
  const records = await context.newPage()
  const acts = records.locator('[data-act]')
  await records.routeWebSocket(/socket\.io/, async (socket) => {
    await connection
    socket.connectToServer()
  })
  await records.goto(`${origin}/records?noun=suggestion`)
  await acts.first().waitFor()
  await press(records, 'Show more')
  await expect.poll(() => acts.count()).toBeGreaterThan(50)

  await submitted(page, 'Mend the last bench')
  // What comes before the page hears of anything is told as what comes after.
  connect()
  for (const one of [page, records]) {
    await one.getByRole('button', { name: '1 newer: show it' }).waitFor()
  }
  await submitted(page, 'Mend the very last bench')
  for (const one of [page, records]) {
    await one.getByRole('button', { name: '2 newer: show them' }).waitFor()
  }
  expect(await cards.first().getAttribute('data-suggestion')).toBe(first)
  await press(page, '2 newer: show them')
  await page.getByText('Mend the last bench').waitFor()
  await page.getByText('Mend the very last bench').waitFor()
  await press(records, '2 newer: show them')
  await records.getByText('Mend the very last bench').waitFor()
  await context.close()
})

test('the register and the public record tell who did what, and where the feed is', async () => {
  const page = await chromium.newPage()
  await page.goto(`${origin}/observers`)
  await page.getByRole('link', { name: 'Mei Castellanos' }).click()
  await page.locator('[data-act]').first().waitFor()
  expect(await page.locator('[data-act]').count()).toBe(7)
  await visit(page, `${origin}/records?noun=suggestion&q=two+hours`)
  await page.getByText('I waited for two hours.').waitFor()
  expect(await page.locator('[data-act]').count()).toBe(1)
  const feed = await page.locator('link[rel=alternate]').getAttribute('href')
  const atom = await page.request.get(origin + feed)
  expect(await atom.text()).toContain('I waited for two hours.')
  await page.close()
})
