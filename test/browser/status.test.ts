import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ServerStatus } from '#shared/server-status.ts'
import { currentPolicy } from '../../server/policies/queries.ts'
import { setPolicy } from '../../server/policies/set.ts'
import { addSource } from '../../server/sources/sources.ts'
import { openBrowser } from '../support/browser.ts'
import { faults } from '../support/faults.ts'
import { boardOn } from './board-page.ts'
import { smallCity } from './city.ts'
import { visit } from './follow.ts'

let city: Awaited<ReturnType<typeof smallCity>>
let chromium: Awaited<ReturnType<typeof openBrowser>>
/** Of all tests. */
let page: Page

beforeAll(async () => {
  ;[city, chromium] = await Promise.all([smallCity(), openBrowser()])
  await addSource(city.db, { name: 'night desk', kind: 'phone' })
  await city.sql`
    update source set heard_at = now() - interval '3 days', silent_after = 3600
    where name = 'night desk'
  `
  await city.post({ id: 'S1' }, { id: 'S2' })
  page = await chromium.newPage()
})

afterAll(async () => {
  await chromium[Symbol.asyncDispose]()
  await city[Symbol.asyncDispose]()
})

const fact = (page: Page, name: string) => page.locator(`[data-fact=${name}] dd`).innerText()

async function openStatus() {
  const board = boardOn(page)
  await visit(page, `${city.origin}/status`)
  await board.state('live')
  await page.locator('[data-fact=version]', { hasText: '0.1.0' }).waitFor()
  return board
}

test('a silent source is named as silent, one that is heard as heard', async () => {
  await openStatus()
  const silent = page.locator('[data-source="night desk"]', { hasText: 'silent' })
  await silent.waitFor({ timeout: 20_000 })

  expect(await page.locator('[data-source=hotline]').innerText()).toContain('heard')
  expect(await page.locator('[data-source=hotline]').innerText()).not.toContain('silent')
  const first = page.locator('[data-panel=sources] tbody tr').first()
  expect(await first.getAttribute('data-source')).toBe('night desk')
})

test('what runs is what the server says, and the journal moves while one looks', async () => {
  await openStatus()
  const answer = await fetch(`${city.origin}/api/v1/status`)
  const status = (await answer.json()) as ServerStatus
  const shown = await Promise.all(
    ['version', 'meaning', 'policy', 'schema', 'zone', 'days'].map((name) => fact(page, name)),
  )
  const { version, contributions, policyVersion, schema, timeZone, cube } = status
  expect(shown).toEqual(
    [version, contributions, policyVersion, schema, timeZone, cube.days].map(String),
  )

  const before = Number(await fact(page, 'seq'))
  await city.post({ id: 'S3' })
  await page.locator('[data-fact=seq]', { hasText: String(before + 1) }).waitFor()
})

test('when the server is lost it says so and greys, and comes back by itself', async () => {
  const { state } = await openStatus()
  await city.stop()
  await state('reconnecting')
  await page.locator('[data-panel=sources].old').waitFor()
  await page.locator('[data-panel=process].old').waitFor()
  expect(await faults(page)).toEqual([])
  await city.goOn()
  await state('live', 40_000)
})

test('what this is says that the city is invented, and its examples are answered', async () => {
  await visit(page, `${city.origin}/about`)
  await page.getByText('This is a demonstration').waitFor()
  expect(await page.locator('[data-about=licences]').innerText()).toContain(
    'the operator has not named a licence',
  )
  expect(await page.locator('[data-about=contact]').count()).toBe(0)

  const links = page.locator('a[href^="/api/v1/"]')
  const hrefs = await links.evaluateAll((all) => all.map((a) => a.getAttribute('href')!))
  expect(hrefs.length).toBe(5)
  for (const href of hrefs) {
    const { status } = await fetch(city.origin + href)
    const isUnpublished = href.includes('satisfactionRate')
    expect([href, status]).toEqual([href, isUnpublished ? 404 : 200])
  }

  const licence = { name: 'Open Numbers 2.0', url: 'https://licences.example/open-numbers' }
  const { policy } = await currentPolicy(city.db)
  const contact = 'numbers@halcyon.example'
  await setPolicy(city.db, { ...policy, place: { ...policy.place, licence, contact } })
  const named = page.locator('[data-about=licences]').getByRole('link', { name: licence.name })
  await expect
    .poll(async () => {
      await page.reload()
      await page.locator('[data-about=licences]', { hasText: 'The numbers:' }).waitFor()
      return named.count()
    })
    .toBe(1)
  expect(await named.getAttribute('href')).toBe(licence.url)
  const write = page.locator('[data-about=contact] a')
  expect(await write.getAttribute('href')).toBe(`mailto:${contact}`)
})
