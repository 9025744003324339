import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { pino } from 'pino'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Claim } from '#shared/oversight/evidence.ts'
import { freeze } from '../../server/evidence/freeze.ts'
import { openEvidenceDesk } from '../../server/evidence/open-desk.ts'
import { Engine } from '../../server/live/engine.ts'
import { loadMarks } from '../../server/tickets/marks.ts'
import { openBrowser } from '../support/browser.ts'
import { smallCity } from './city.ts'

let city: Awaited<ReturnType<typeof smallCity>>
let chromium: Awaited<ReturnType<typeof openBrowser>>

beforeAll(async () => {
  ;[city, chromium] = await Promise.all([smallCity(), openBrowser()])
  await city.post({ id: 'a' }, { id: 'b' }, { id: 'c', agency: 'Parks' })
})

afterAll(async () => {
  await chromium[Symbol.asyncDispose]()
  await city[Symbol.asyncDispose]()
})

/** The received tickets of one agency, frozen as an act would. */
async function frozenNumber(): Promise<string> {
  const log = pino({ level: 'silent' })
  const engine = await Engine.start({ db: city.db, sql: city.sql, log, clock: 'database' })
  const desk = openEvidenceDesk({
    db: city.db,
    sql: city.sql,
    engine,
    markOf: await loadMarks(city.db),
  })
  const claim = Claim.parse({
    kind: 'number',
    question: { measures: ['received'], by: 'agency', window: '24h' },
    measure: 'received',
    row: 'Water',
    at: engine.at,
    saw: { value: 2 },
  })
  const { hash } = await freeze(city.db, desk, { claim, person: 'ada' })
  await engine.close()
  return hash
}

test('frozen evidence stands on a page of its own beside today’s number, also when that has changed', async () => {
  const hash = await frozenNumber()
  const page = await chromium.newPage()
  const evidence = page.locator('[data-evidence=shown]')
  const today = async () => {
    await page.goto(`${city.origin}/evidence/${hash}`)
    await evidence.waitFor()
    return evidence.locator('[data-today=same]').textContent()
  }
  // The server may read the journal a moment after who froze it.
  await expect.poll(today).toContain('the same as then')

  expect(await evidence.locator('.value').textContent()).toBe('2')
  expect(await evidence.locator('.what').textContent()).toContain('Water')
  await city.post({ id: 'late', receivedAt: new Date(Date.now() - 3_600_000).toISOString() })
  await expect.poll(today).toContain('+1, more than then')
  expect(await evidence.locator('.value').textContent()).toBe('2')
  await page.close()
})

test('an address without evidence says so', async () => {
  const page = await chromium.newPage()
  await page.goto(`${city.origin}/evidence/${'0'.repeat(64)}`)

  await page.getByText('There is no evidence at this address.').waitFor()
  await page.close()
})

test('evidence is shown in every state, in both languages, and on a phone no wider than it', async () => {
  for (const lang of ['en', 'zh']) {
    const page = await chromium.newPage({ viewport: { width: 390, height: 844 } })
    await page.goto(`${city.origin}/design?lang=${lang}`)
    const states = page.locator('[data-theme=light] [data-specimen]')
    await states.first().waitFor()

    expect(
      await states.evaluateAll((all) => all.map((one) => one.getAttribute('data-specimen'))),
    ).toEqual([
      ...['loading', 'missing', 'unreached', 'asking', 'same', 'other', 'suppressed', 'gone'],
    ])
    const said = await page.locator('[data-theme=light] [data-specimen=gone]').textContent()
    expect(said).toContain(lang === 'en' ? 'not public any more' : '不再公开')
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
    await page.close()
  }
})

test('a picture of a chart is a PNG of it on its ground, and of what has no chart there is none', async () => {
  const page = await chromium.newPage()
  await page.goto(`${city.origin}/design`)
  await page.locator('[data-panel=light-live] canvas').waitFor()
  const code = stripTypeScriptTypes(readFileSync('web/evidence/picture-of.ts', 'utf8'))
  const pictured = (selector: string) =>
    page.evaluate<string | null>(`(async () => {
      ${code.replaceAll('export ', '')}
      const blob = await pictureOf(document.querySelector('${selector}'))
      if (!blob) return null
      const bytes = new Uint8Array(await blob.arrayBuffer())
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    })()`)

  expect(await pictured('[data-theme=light] article')).toBeNull()
  const png = Buffer.from((await pictured('[data-panel=light-live]'))!, 'base64')
  const { format, width } = await sharp(png).metadata()
  const { dominant } = await sharp(png).stats()
  expect(format).toBe('png')
  expect(width).toBeGreaterThan(200)
  // The paper of the light half; the brightest bin.
  expect(Math.min(dominant.r, dominant.g, dominant.b)).toBeGreaterThan(200)
  await page.close()
})
