import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answerMeasures } from '#shared/consultations/answer-measures.ts'
import { type MeasureId, measureIds, measures } from '#shared/measures/all.ts'
import type { Measure, Unit } from '#shared/measures/measure.ts'
import { DAY, HOUR } from '#shared/time.ts'
import { publishPast } from '../../server/publications/publish-past.ts'
import { openBrowser } from '../support/browser.ts'
import { boardOn } from './board-page.ts'
import { smallCity } from './city.ts'
import { visit } from './follow.ts'

let city: Awaited<ReturnType<typeof smallCity>>
let chromium: Awaited<ReturnType<typeof openBrowser>>
/** Of all tests. */
let page: Page

const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString()

beforeAll(async () => {
  ;[city, chromium] = await Promise.all([smallCity(), openBrowser()])
  page = await chromium.newPage({ viewport: { width: 1280, height: 700 } })
  const closed = Array.from({ length: 9 }, (_, i) => ({
    id: `C${i}`,
    receivedAt: ago(6),
    respondedAt: ago(5),
    status: 'closed',
    closedAt: ago(5.7 - i / 10),
    closeReason: i % 3 === 0 ? 'referred' : 'resolved',
  }))
  await city.post({ id: 'O1', receivedAt: ago(4) }, { id: 'O2', receivedAt: ago(200) }, ...closed)
})

afterAll(async () => {
  await chromium[Symbol.asyncDispose]()
  await city[Symbol.asyncDispose]()
})

const worked = (page: Page, id: string) => page.locator(`[data-worked=${id}]`).innerText()

/** The numbers of a line, as they were before they were written. */
function numbersIn(line: string): string[] {
  return line.replaceAll(/[,\u00a0]/g, '').match(/no data|\d+(\.\d+)?/g) ?? []
}

/** What the API answers for every field of a formula, in its order. */
async function answered(ids: readonly MeasureId[]) {
  const query = `window=24h&measures=${ids.join(',')}`
  const { columns, totals } = (await (
    await fetch(`${city.origin}/api/v1/view?${query}`)
  ).json()) as { columns: { id: string }[]; totals: (number | null)[] }
  return (id: string, field: string) =>
    totals[
      columns.findIndex((column) => column.id === (field === 'value' ? id : `${id}.${field}`))
    ]!
}

const shown: Partial<Record<Unit, (value: number) => string>> = {
  tickets: String,
  share: (value) => (100 * value).toFixed(1),
}

test('every measure is there, with the numbers that the API answers in its formula', async () => {
  await visit(page, `${city.origin}/definitions`)
  await boardOn(page).state('live')
  const listed = await page.locator('article').evaluateAll((all) => all.map(({ id }) => id))
  const known = [...measureIds, ...answerMeasures.map(({ id }) => id)]
  expect(listed.toSorted()).toEqual(known.toSorted())
  expect(await page.locator('nav[aria-label=Measures] li').count()).toBe(known.length)

  const live = measureIds.filter((id) => !(measures[id] as Measure).isSurvey)
  const cell = await answered(live)
  const compared: string[] = []
  for (const id of live) {
    const { formula, fields } = measures[id] as Measure
    const units = new Map(fields.map(({ name, unit }) => [name, unit]))
    const names = (formula.match(/\w+/g) ?? []).filter((name) => units.has(name))
    const numbers = numbersIn(await worked(page, id))
    if (names.some((name) => !shown[units.get(name)!])) continue
    const wanted = names.map((name) => {
      const value = cell(id, name)
      return value === null ? 'no data' : shown[units.get(name)!]!(value)
    })
    expect([id, ...numbers]).toEqual([id, ...wanted])
    compared.push(id)
  }
  expect(compared.length).toBeGreaterThan(12)
  // Also what raises an alert, with the city's own smallest number.
  expect(await page.locator('#alerts').innerText()).toContain('of at least 2 tickets that fell due')
  expect(await worked(page, 'received')).toBe('10')
  expect(await worked(page, 'resolutionAsserted')).toBe('6 ÷ 9 = 66.7%')
})

test('what citizens answered is as published, and says that it is published daily', async () => {
  await visit(page, `${city.origin}/definitions`)
  await boardOn(page).state('live')
  const survey = page.locator('#satisfactionRate')

  expect(await survey.innerText()).toContain('published daily, never live')
  await survey.getByText('not published yet').waitFor()
  expect(await page.locator('#received').innerText()).toContain('live and exact')
})

test('a definition card leads to its place on the page, and back leads to the board', async () => {
  const board = boardOn(page)
  await visit(page, `${city.origin}/?window=7d`)
  await board.state('live')
  await board.tile('onTimeRate').getByRole('button').click()
  await page.getByRole('link', { name: 'On the page of definitions' }).click()
  await page.waitForURL('**/definitions#onTimeRate')
  const isInSight = `(() => { const { top } = document.querySelector('#onTimeRate').getBoundingClientRect(); return top >= 0 && top < 200 })()`
  await expect.poll(() => page.evaluate(isInSight)).toBe(true)

  await page
    .getByRole('navigation', { name: 'Measures' })
    .getByText('Transferred twice or more')
    .click()
  await page.waitForURL('**/definitions#transferShare')
  await page.getByRole('link', { name: 'Board' }).click()
  await board.state('live')
  await page.goBack()
  await page.locator('#transferShare').waitFor()
  await page.goBack()
  await page.waitForURL('**/definitions#onTimeRate')
  await page.goBack()
  await board.state('live')
  expect(new URL(page.url()).search).toBe('?window=7d')
})

test('once it is published, its worked line is of what the API answers', async () => {
  const OFFSET = 8 * HOUR
  const noon = Math.floor((Date.now() + OFFSET) / DAY) * DAY - OFFSET - 12 * HOUR
  const at = new Date(noon).toISOString()
  const asked = Array.from({ length: 40 }, (_, i) => ({
    id: `S${i}`,
    receivedAt: new Date(noon - HOUR).toISOString(),
    status: 'closed',
    closedAt: at,
    closeReason: 'resolved',
    survey: { at, resolved: i % 4 > 0, satisfaction: i % 2 ? 5 : 2 },
  }))
  await city.post(...asked)
  const from = new Date(noon + OFFSET).toISOString().slice(0, 10)
  await publishPast({ db: city.db, sql: city.sql, clock: 'database', from })
  const answer = await fetch(`${city.origin}/api/v1/view?measures=satisfactionRate&window=1d`)
  const { totals } = (await answer.json()) as { totals: (number | null)[] }

  await visit(page, `${city.origin}/definitions`)
  const line = page.locator('[data-worked=satisfactionRate]', { hasText: '20 ÷ 40 = 50%' })
  await line.waitFor()
  expect(totals).toEqual(expect.arrayContaining([0.5, 20, 40]))
})
