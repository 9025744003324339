import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { faults } from '../support/faults.ts'
import { personInSession } from '../support/session.ts'
import { addCookie } from '../support/signed-in.ts'
import { boardOn } from './board-page.ts'
import { smallCity } from './city.ts'

let city: Awaited<ReturnType<typeof smallCity>>
let chromium: Awaited<ReturnType<typeof openBrowser>>

beforeAll(async () => {
  ;[city, chromium] = await Promise.all([smallCity(), openBrowser()])
  await city.post({ id: 'V1', area: 'Saltmarsh' }, { id: 'V2' })
})

afterAll(async () => {
  await chromium[Symbol.asyncDispose]()
  await city[Symbol.asyncDispose]()
})

/** A reader of their own, who may have several tabs. */
function newReader(options: Parameters<typeof chromium.newPage>[0] = {}) {
  const tabs: Page[] = []
  return {
    async open(query: string) {
      const page = await chromium.newPage(options)
      tabs.push(page)
      await page.goto(city.origin + query)
      await boardOn(page).state('live')
      return page
    },
    [Symbol.asyncDispose]: async () => void (await Promise.all(tabs.map((tab) => tab.close()))),
  }
}

const openMenu = async (page: Page) => {
  await page.getByRole('button', { name: 'Saved views' }).press('Enter')
  await page.getByRole('menu').waitFor()
}
const item = (page: Page, name: string) => page.getByRole('menuitem', { name })
const dialog = (page: Page, name: string) => page.getByRole('dialog', { name })

async function save(page: Page, name: string) {
  await openMenu(page)
  await item(page, 'Save this view').press('Enter')
  await dialog(page, 'Save this view').getByLabel('Name').fill(name)
  await page.keyboard.press('Enter')
  await dialog(page, 'Save this view').waitFor({ state: 'detached' })
}

test('a view is saved, found after a reload, opened, deleted, and back again', async () => {
  await using reader = newReader()
  const page = await reader.open('/?window=7d&area=Saltmarsh')
  await save(page, 'My corner')
  await page.getByText('Saved: My corner').waitFor()

  await page.goto(city.origin)
  await boardOn(page).shows('received', '2')
  await openMenu(page)
  await item(page, 'My corner – Board · 7 days · Saltmarsh').press('Enter')
  await boardOn(page).shows('received', '1')
  expect(new URL(page.url()).search).toBe('?window=7d&area=Saltmarsh')

  await openMenu(page)
  await item(page, 'Rename or delete').press('Enter')
  const list = dialog(page, 'Saved views')
  await list.getByRole('button', { name: 'Delete My corner' }).click()
  await list.getByText('No view is saved').waitFor()
  await page.keyboard.press('Escape')
  await list.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Undo' }).click()
  await openMenu(page)
  await item(page, 'My corner').waitFor()
})

test('another tab knows it at once, and renaming shows in both', async () => {
  await using reader = newReader()
  const [one, two] = [await reader.open('/'), await reader.open('/?window=7d')]
  await save(one, 'First')
  await openMenu(two)
  await item(two, 'First').waitFor()
  await two.keyboard.press('Escape')

  await openMenu(one)
  await item(one, 'Rename or delete').press('Enter')
  await dialog(one, 'Saved views').getByRole('button', { name: 'Rename First' }).click()
  await dialog(one, 'Saved views').getByLabel('Name').fill('Renamed')
  await one.keyboard.press('Enter')
  await dialog(one, 'Saved views').getByRole('link', { name: 'Renamed' }).waitFor()
  await openMenu(two)
  await item(two, 'Renamed').waitFor()
})

test('a store that holds nonsense breaks nothing, and a full one says so', async () => {
  await using reader = newReader()
  const page = await reader.open('/')
  await page.evaluate(`localStorage.setItem('clerestory.saved', '{"version":1,"views":[{}')`)
  await page.reload()
  await boardOn(page).state('live')
  await openMenu(page)
  expect(await page.getByRole('menuitem').allInnerTexts()).toEqual(['Save this view'])
  await page.keyboard.press('Escape')

  await page.evaluate(`(() => {
    let text = 'x'.repeat(5_000_000)
    while (text.length > 0) {
      try { localStorage.setItem('filler', (localStorage.getItem('filler') ?? '') + text) }
      catch { text = text.slice(text.length / 2 + 1) }
    }
  })()`)
  await openMenu(page)
  await item(page, 'Save this view').press('Enter')
  await dialog(page, 'Save this view').getByLabel('Name').fill('Too much')
  await page.keyboard.press('Enter')
  await page.getByText('Not saved: this browser has no room').waitFor()
})

test('who signs in takes the views of the browser into the account, finds them on another device, and leaves none', async () => {
  const cookie = await personInSession(city.db, { id: 'mei', name: 'Mei Lin' })
  const device = async () => {
    const page = await (await chromium.browser.newContext({ locale: 'en-GB' })).newPage()
    await page.goto(city.origin)
    await boardOn(page).state('live')
    return page
  }
  const [one, two] = await Promise.all([device(), device()])
  await save(one, 'From before')
  for (const page of [one, two]) {
    await addCookie(page.context(), { cookie, origin: city.origin })
    await page.reload()
    await page.locator('[data-account=in]').waitFor()
  }

  await save(one, 'Of the account')
  await openMenu(one)
  const left = one.getByRole('group', { name: 'In this browser' })
  await left.getByRole('menuitem', { name: 'From before' }).waitFor()
  await openMenu(two)
  await item(two, 'Of the account').waitFor()
  expect(await item(two, 'From before').count()).toBe(0)
  await two.keyboard.press('Escape')
  await item(one, 'Take them into your account').press('Enter')
  await one.getByText('In your account now').waitFor()
  await openMenu(two)
  await item(two, 'From before').waitFor()
  await two.keyboard.press('Escape')

  await one.route('**/api/v1/saved-views', (route) => route.abort())
  await openMenu(one)
  await item(one, 'could not be read').waitFor()
  await one.unroute('**/api/v1/saved-views')
  await item(one, 'Try again').press('Enter')
  await item(one, 'could not be read').waitFor({ state: 'detached' })
  await one.keyboard.press('Escape')

  await one.evaluate(
    `fetch('/api/v1/account/sign-out', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })`,
  )
  await openMenu(one)
  await item(one, 'Of the account').waitFor({ state: 'detached' })
  expect(await one.getByRole('menuitem').allInnerTexts()).toEqual(['Save this view'])
  await Promise.all([one, two].map((page) => page.context().close()))
})

test.each([
  ['wide and light', { width: 1440, height: 900 }, 'light'],
  ['on a phone in the dark', { width: 390, height: 844 }, 'dark'],
] as const)(
  'menu, dialogs and message have no fault that axe finds, %s',
  async (_, viewport, colorScheme) => {
    await using reader = newReader({ viewport, colorScheme })
    const page = await reader.open('/?window=7d&area=Saltmarsh')
    await openMenu(page)
    expect(await faults(page)).toEqual([])
    await item(page, 'Save this view').press('Enter')
    await dialog(page, 'Save this view').waitFor()
    expect(await faults(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByText('Saved: Board').waitFor()
    expect(await faults(page)).toEqual([])
    await openMenu(page)
    await item(page, 'Rename or delete').press('Enter')
    await dialog(page, 'Saved views').waitFor()
    expect(await faults(page)).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(viewport.width)
  },
)
