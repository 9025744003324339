import { afterAll, beforeAll, expect, test } from 'vitest'
import { runningApp } from '../support/app.ts'
import { openBrowser } from '../support/browser.ts'
import { comment, consultation } from '../support/consultations.ts'
import { ndjson, newSource } from '../support/events.ts'
import { faults } from '../support/faults.ts'

let app: Awaited<ReturnType<typeof runningApp>>
let chromium: Awaited<ReturnType<typeof openBrowser>>
let source: Awaited<ReturnType<typeof newSource>>

const now = Date.now()
const iso = (days: number) => new Date(now + days * 86_400_000).toISOString()
const said = (overrides: object) => comment({ receivedAt: iso(-1), language: 'en', ...overrides })

beforeAll(async () => {
  ;[app, chromium] = await Promise.all([runningApp(), openBrowser()])
  source = await newSource(app)
  await source.send(
    ndjson(
      consultation({ opensAt: iso(-5), closesAt: iso(9.5) }),
      said({ provision: '1', stance: 'support', text: 'Slower is better.' }),
      said({ provision: '2', stance: 'oppose', text: '<b>Horns</b> save lives.' }),
    ),
  )
})

afterAll(async () => {
  await chromium[Symbol.asyncDispose]()
  await app[Symbol.asyncDispose]()
})

test('comments posted through intake move the heat strip within a second, and a letter campaign is seen, shown and not hidden', async () => {
  const page = await chromium.newPage({ locale: 'en' })
  await page.goto(`${app.origin}/consultations`)
  await page.getByRole('link', { name: 'Night ferry rules' }).click()
  const column = page.locator('button[data-provision="2"]')
  await column.click()
  await page.locator('button[data-provision="2"][data-comments="1"]').waitFor()
  expect(await page.locator('main').innerText()).toContain('9 days left')
  // What is said is text, whatever it holds.
  await page.getByText('<b>Horns</b> save lives.').waitFor()

  await source.send(
    ndjson(
      said({ provision: '2', stance: 'amend', text: 'Only in fog.', person: 'p1' }),
      said({ provision: '2', stance: 'oppose', text: 'Never.', person: 'p1' }),
      said({ status: 'withheld', reason: 'abuse' }),
    ),
  )
  const sentAt = performance.now()
  await page.locator('button[data-provision="2"][data-comments="3"]').waitFor()
  expect(performance.now() - sentAt).toBeLessThan(1000)
  await page.getByText('Only in fog.').waitFor()
  expect(await page.locator('[data-measure=commentsWithheld]').innerText()).toContain('1')
  expect(await page.locator('[data-measure=people] .value').innerText()).toBe('3')

  // A letter campaign is seen with its differences, and hides nobody: all of it is counted as before.
  const letter = 'The last boat home is not a luxury: nurses and bakers finish after midnight.'
  const sent = Array.from({ length: 9 }, (_, n) =>
    said({ provision: '2', text: n < 6 ? letter : `${letter} Thank you.`, person: `l${n}` }),
  )
  await source.send(ndjson(...sent))
  await page.locator('button[data-provision="2"][data-comments="12"]').waitFor()
  const group = page.locator('article[data-comments="9"]')
  await group.getByText('in 2 wordings').waitFor()
  await group.locator('summary').click()
  expect(await group.locator('li').innerText()).toContain('3 comments say:')
  expect(await group.locator('ins').innerText()).toContain('Thank you')
  await page.locator('[data-measure=commentsDistinct]').getByText('8 are nearly the same').waitFor()
  expect(await page.locator('[data-measure=commentsPublished] .value').innerText()).toBe('13')
  await page.getByRole('searchbox', { name: 'Search all comments' }).fill('horns')
  await page.keyboard.press('Enter')
  await page.locator('[data-panel=find] li').first().waitFor()
  expect(await page.locator('[data-panel=find] li').allInnerTexts()).toEqual([
    expect.stringContaining('<b>Horns</b> save lives.'),
  ])
  expect(await faults(page)).toEqual([])
  await page.close()
})

test('an address of no consultation says so', async () => {
  const page = await chromium.newPage({ locale: 'zh' })
  await page.goto(`${app.origin}/consultations/nothing`)
  await page.getByRole('heading', { name: '没有这次征求意见' }).waitFor()
  await page.close()
})
