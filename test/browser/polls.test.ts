import { afterAll, beforeAll, expect, test } from 'vitest'
import { runningApp } from '../support/app.ts'
import { openBrowser } from '../support/browser.ts'
import { ndjson, newSource } from '../support/events.ts'
import { faults } from '../support/faults.ts'
import { agreementPoll, poll, response, statement, vote } from '../support/polls.ts'
import { pictureOf } from './picture-of.ts'
import { inSession } from '../support/signed-in.ts'

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
  const page = await chromium.newPage()
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
  const asked = page.locator('[data-panel=question-hours]')
  const href = await asked.getByRole('link', { name: /CSV/ }).getAttribute('href')
  expect(await (await fetch(app.origin + href)).text()).toContain('hours,ten,2,3,0.66')
  const days = page.locator('[data-panel=over]')
  await days.getByRole('button', { name: /table/i }).click()
  expect(await days.getByRole('row').count()).toBe(7)
  expect(new URL(page.url()).search).toBe('?show=over-table')
  await days.getByRole('cell', { name: '3', exact: true }).waitFor()

  // What is drawn is had as a picture.
  const press = () => asked.getByRole('button', { name: /^Download as PNG/ }).click()
  expect((await pictureOf(page, press)).colors['--bar']).toBeGreaterThan(500)
  await page.goBack()
  const asFile = await days.getByRole('link', { name: /CSV/ }).getAttribute('href')
  expect(await (await fetch(app.origin + asFile)).text()).toMatch(/,3\r\n/)
  const drawn = () => days.getByRole('button', { name: /^Download as PNG/ }).click()
  expect((await pictureOf(page, drawn)).colors['--series-1']).toBeGreaterThan(100)

  await page.getByRole('link', { name: 'Answer this poll' }).click()
  await page.getByLabel('midnight').check()
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByText(/Receipt [0-9A-F]{12}/).waitFor()
  await page.getByRole('link', { name: 'See the results' }).click()
  await page.locator('[data-choice="evenings/hours/midnight"][data-chosen="2"]').waitFor()
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
  const page = await chromium.newPage()
  await page.goto(`${app.origin}/polls/night`)
  await page.locator('[data-panel=groups]').getByText('Group B').waitFor()
  expect(await page.locator('[data-panel=unites]').innerText()).toContain('<i>All</i> want it.')
  expect(await page.locator('[data-panel=divides]').innerText()).toContain('No. 0')
  await page.locator('[data-panel=map]').getByRole('button', { name: /table/i }).click()
  await page.locator('[data-panel=map]').getByRole('cell', { name: '20' }).first().waitFor()
  const places = await page.locator('[data-panel=map]').getByRole('link', { name: /CSV/ })
  const told = await (await fetch(app.origin + (await places.getAttribute('href')))).text()
  expect(told.split('\r\n')[0]).toBe('group,x,y,people')
  await page.locator('[data-panel=statements] [data-n="40"]').first().waitFor()
  await page.locator('[data-panel=statements]').getByText('1 added by people waits').waitFor()
  const statements = page.locator('[data-panel=statements]')
  await statements.getByRole('button', { name: 'Show as a table' }).click()
  await statements.getByRole('button', { name: 'Agree', exact: true }).click()
  const agreed = await statements.locator('tbody td:nth-child(2)').allInnerTexts()
  expect(agreed.length).toBeGreaterThan(2)
  expect(agreed.map(Number)).toEqual(agreed.map(Number).toSorted((a, b) => b - a))
  await page.reload()
  await statements.locator('tbody tr').first().waitFor()
  const heads = statements.locator('th[aria-sort=descending]')
  expect(await heads.allInnerTexts()).toEqual(['Agree'])
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`${app.origin}/polls/night/form`)
  await page.getByLabel('Disagree').first().waitFor()
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
  await page.goto(`${app.origin}/polls/nothing`)
  await page.getByText('There is no such poll').waitFor()
  await page.close()
})

test('the secretariat publishes what people added, and withholds it for a reason, which everybody sees counted', async () => {
  const id = 'benches'
  await source.send(ndjson(agreementPoll({ ...open, id, takesStatements: true })))
  for (const [at, text] of ['Benches by the <b>water</b>.', 'Buy my watches!'].entries()) {
    const fields = { statement: text, website: '', person: `${at}`.padStart(22, 'x') }
    const form = { method: 'POST', body: new URLSearchParams(fields) }
    expect((await fetch(`${app.origin}/polls/${id}/form`, form)).status).toBe(200)
  }
  const { db, origin } = app
  const visit = { browser: chromium.browser, db, origin, name: 'Ines' }
  const { page, context } = await inSession({ ...visit, role: 'secretariat' })
  await page.goto(`${origin}/polls/${id}`)
  const desk = await context.newPage()
  await desk.goto(`${origin}/work`)
  const onDesk = desk.locator('[data-panel=statements]')
  await onDesk.getByText('Buy my watches!').waitFor()
  const listed = await onDesk.locator('[data-statement-waiting]').count()
  expect(await onDesk.locator('[data-statement-waiting]').first().innerText()).toMatch(/waits \d/)
  const waiting = page.locator('[data-panel=waiting]')
  const lineOf = (text: string) => waiting.locator('[data-waiting]', { hasText: text })
  await lineOf('Benches by the <b>water</b>.').getByRole('button', { name: 'Publish' }).click()
  await page.locator('[data-statement]', { hasText: 'Benches by the <b>water</b>.' }).waitFor()
  const watches = lineOf('Buy my watches!')
  expect(await watches.getByRole('button', { name: 'Withhold' }).isDisabled()).toBe(true)
  await watches.getByLabel('Why it is withheld').selectOption('advertising')
  expect(await faults(page)).toEqual([])
  await watches.getByRole('button', { name: 'Withhold' }).click()
  await page.getByText('1 statement, 1 withheld').waitFor()
  await onDesk.getByText('Buy my watches!').waitFor({ state: 'detached' })
  expect(await onDesk.locator('[data-statement-waiting]').count()).toBe(listed - 2)
  await desk.close()
  // Whoever erred decides otherwise: a new act.
  await waiting.getByText('2 decided about').click()
  const decided = waiting.locator('[data-decided]', { hasText: 'Buy my watches!' })
  await decided.getByText('withheld: advertising').waitFor()
  for (const [name, shown] of [
    ['Publish', '2 statements, 0 withheld'],
    ['Withhold', '1 statement, 1 withheld'],
  ] as const) {
    if (name === 'Withhold') await decided.getByLabel('Why it').selectOption('off-topic')
    await decided.getByRole('button', { name }).click()
    await page.getByText(shown).waitFor()
  }
  expect(await faults(page)).toEqual([])

  const reader = await chromium.newPage({ locale: 'zh' })
  await reader.goto(`${origin}/polls/${id}`)
  await reader.getByText('未予公布 1 条').waitFor()
  expect(await reader.locator('[data-panel=waiting]').count()).toBe(0)
  await reader.close()
  await context.close()
})

test('an observer flags a question as it was shown, and what is answered meanwhile changes nothing of it', async () => {
  const { db, origin } = app
  const visit = { browser: chromium.browser, db, origin, name: 'Mei' }
  const { page, context } = await inSession({ ...visit, role: 'observer' })
  await page.goto(`${origin}/polls/evenings`)
  const question = page.locator('[data-panel=question-hours]')
  const ten = question.locator('[data-choice="evenings/hours/ten"]:not([data-chosen="0"])')
  const shown = await ten.innerText()
  await question.getByRole('button', { name: /Flag/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.locator('[data-evidence=shown] .value').waitFor()
  await source.send(ndjson(said({ person: 'p9' })))
  await dialog.getByLabel('Unfair').check()
  await dialog.locator('textarea[name=text]').fill('Nobody under eighteen was asked.')
  await dialog.getByRole('button', { name: 'Raise flag' }).click()
  await page.waitForURL(/\/flags\/\d+$/)
  const evidence = page.locator('[data-evidence=shown]')
  await evidence.locator('[data-today=same]').waitFor()
  expect(await evidence.innerText()).toContain(/[\d.]+%/.exec(shown)![0])
  expect(await faults(page)).toEqual([])
  await context.close()
})
