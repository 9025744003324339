import { afterAll, beforeAll, expect, test } from 'vitest'
import { runningApp } from '../support/app.ts'
import { openBrowser } from '../support/browser.ts'
import { ndjson, newSource } from '../support/events.ts'
import { faults } from '../support/faults.ts'
import { agreementPoll, poll, response, statement, vote } from '../support/polls.ts'

let app: Awaited<ReturnType<typeof runningApp>>
let chromium: Awaited<ReturnType<typeof openBrowser>>
let source: Awaited<ReturnType<typeof newSource>>

const now = Date.now()
const iso = (days: number) => new Date(now + days * 86_400_000).toISOString()
const open = { opensAt: iso(-5), closesAt: iso(9.5) }
const said = (own: object) => response({ answeredAt: iso(-1), ...own })

beforeAll(async () => {
  ;[app, chromium] = await Promise.all([runningApp(), openBrowser()])
  source = await newSource(app)
  const camps = Array.from({ length: 40 }, (_, voter) =>
    Array.from({ length: 8 }, (__, at) =>
      vote({
        ...{ person: `v${voter}`, statement: String(at), votedAt: iso(-1) },
        vote: (voter + (at === 7 ? voter : at)) % 2 === 0 ? 'agree' : 'disagree',
      }),
    ),
  )
  const texts = (at: number) => ({ texts: { en: at === 7 ? '<i>All</i> want it.' : `No. ${at}` } })
  await source.send(
    ndjson(
      poll(open),
      said({}),
      said({ person: 'p2', answers: { hours: 'midnight' } }),
      agreementPoll({ ...open, titles: { en: 'The night', zh: '夜' }, takesStatements: true }),
      ...Array.from({ length: 8 }, (_, at) =>
        statement({ id: String(at), receivedAt: iso(-5), ...texts(at) }),
      ),
      ...camps.flat(),
    ),
  )
})

afterAll(async () => {
  await chromium[Symbol.asyncDispose]()
  await app[Symbol.asyncDispose]()
})

test('answers move the bars within a second, those through intake and those of the form', async () => {
  const page = await chromium.newPage({ locale: 'en' })
  await page.goto(`${app.origin}/polls`)
  await page.getByRole('link', { name: 'Evenings on the waterfront' }).click()
  const ten = page.locator('[data-choice="evenings/hours/ten"]')
  await page.locator('[data-choice="evenings/hours/ten"][data-chosen="1"]').waitFor()
  expect(await ten.innerText()).toContain('50.0%')

  await source.send(ndjson(said({ person: 'p3' })))
  const sentAt = performance.now()
  await page.locator('[data-choice="evenings/hours/ten"][data-chosen="2"]').waitFor()
  expect(performance.now() - sentAt).toBeLessThan(1000)
  expect(await ten.innerText()).toContain('66.7%')

  await page.getByRole('link', { name: 'Answer this poll' }).click()
  await page.getByLabel('midnight').check()
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByText(/Receipt [0-9A-F]{12}/).waitFor()
  await page.getByRole('link', { name: 'See the results' }).click()
  await page.locator('[data-choice="evenings/hours/midnight"][data-chosen="2"]').waitFor()
  expect(await faults(page)).toEqual([])
  await page.close()
})

test('the form works without scripts, and changes the answer of this browser', async () => {
  const context = await chromium.browser.newContext({ javaScriptEnabled: false, locale: 'zh' })
  const page = await context.newPage()
  for (const choice of ['ten', 'all-night']) {
    await page.goto(`${app.origin}/polls/evenings/form`)
    await page.getByLabel(choice).check()
    await page.getByRole('button', { name: '提交' }).click()
    await page.getByText('已收到您的作答。').waitFor()
  }
  const answers = await app.db
    .selectFrom('answer')
    .select('person')
    .where('sourceId', '=', 0)
    .execute()
  expect(answers).toHaveLength(2)

  await page.goto(`${app.origin}/polls/night/form`)
  await page.getByLabel('添加您自己的陈述').fill('Fewer <i>horns</i>.')
  await page.getByRole('button', { name: '提交' }).click()
  await page.getByText('您的陈述正待秘书处处理。').waitFor()
  const added = app.db.selectFrom('statement').select(['texts', 'isPublished'])
  expect(await added.where('sourceId', '=', 0).execute()).toEqual([
    { texts: { zh: 'Fewer <i>horns</i>.' }, isPublished: false },
  ])
  await context.close()
})

test('a poll on statements shows the groups, what unites and what divides, as text', async () => {
  const page = await chromium.newPage({ locale: 'en' })
  await page.goto(`${app.origin}/polls/night`)
  await page.locator('[data-panel=groups]').getByText('Group B').waitFor()
  expect(await page.locator('[data-panel=unites]').innerText()).toContain('<i>All</i> want it.')
  expect(await page.locator('[data-panel=divides]').innerText()).toContain('No. 0')
  await page.locator('[data-panel=map]').getByRole('button', { name: /table/i }).click()
  await page.locator('[data-panel=map]').getByRole('cell', { name: '20' }).first().waitFor()
  await page.locator('[data-panel=statements] [data-n="40"]').first().waitFor()
  await page.locator('[data-panel=statements]').getByText('1 added by people waits').waitFor()
  expect(await faults(page)).toEqual([])
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`${app.origin}/polls/night/form`)
  await page.getByLabel('Disagree').first().waitFor()
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
  await page.goto(`${app.origin}/polls/nothing`)
  await page.getByRole('heading', { name: 'There is no such poll' }).waitFor()
  await page.close()
})
