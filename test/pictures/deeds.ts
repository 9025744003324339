import type { Page } from 'playwright-core'
import { alterSocket, type Hearing } from '../support/altered-socket.ts'

/** The network is gone when all of the page has come, for as long as it takes the page to notice. */
export async function lose(page: Page): Promise<void> {
  // Some pages ask on and on.
  await page.waitForLoadState('networkidle', { timeout: 5000 }).catch(() => {})
  await page.context().setOffline(true)
  await page.waitForTimeout(6000)
}

/** Time is the page's own, so that it can be made to pass. */
export const own = (page: Page) => page.clock.install()

/** The network has been gone for two minutes. */
export async function loseForLong(page: Page): Promise<void> {
  await lose(page)
  await page.clock.runFor(120_000)
}

const alterations = new WeakMap<Page, Awaited<ReturnType<typeof alterSocket>>>()

/** Its socket can be made to tell otherwise than the server does. */
export async function alter(page: Page): Promise<void> {
  alterations.set(page, await alterSocket(page))
}

/** What the page hears over a socket that was altered, until it has taken that in. */
export const hear = (hearing: Hearing) => async (page: Page) => {
  await alterations.get(page)!(hearing)
  await page.waitForTimeout(4000)
}

/** Nothing that the page asks is answered. */
export async function silence(page: Page): Promise<void> {
  await page.routeWebSocket('**/socket.io/**', () => {})
  await page.route('**/api/v1/**', () => {})
}

/** The server answers what matches that it cannot. */
export const fail = (pattern: string) => (page: Page) =>
  page.route(pattern, (route) =>
    route.fulfill({
      status: 503,
      json: { error: 'The database does not answer. Ask again soon.' },
    }),
  )

export const press = (selector: string) => (page: Page) => page.locator(selector).first().click()

export const key = (name: string) => (page: Page) => page.keyboard.press(name)

/** Presses what only phones have, where there is one. */
export async function openPages(page: Page): Promise<void> {
  const button = page.locator('button[aria-controls=pages]')
  if (await button.isVisible()) await button.click()
}

export async function findNothing(page: Page): Promise<void> {
  await page.keyboard.press('/')
  await page.keyboard.type('nowhere to be found')
  await page.waitForTimeout(1000)
}

export async function openFlagDialog(page: Page): Promise<void> {
  await press('[data-measure=onTimeRate] [data-flag]')(page)
  await page.locator('[data-evidence=shown]').waitFor()
}

/** What is missing is said beside its field. */
export async function refuseFlag(page: Page): Promise<void> {
  await openFlagDialog(page)
  await press('[role=dialog] [type=submit]')(page)
}

/** Another than the one on which most is said. */
export const chooseProvision = (page: Page) => page.locator('[data-provision]').nth(4).click()

/** What an observer would freeze of what is said on one. */
export async function openFlagOnProvision(page: Page): Promise<void> {
  await chooseProvision(page)
  await press('[data-panel=article] [data-flag]')(page)
  await page.locator('[role=dialog] [data-evidence=shown]').waitFor()
}

/** The browser reads every leaf. */
export async function checkLog(page: Page): Promise<void> {
  await page.locator('.ways button').first().click()
  await page.locator('[data-verdict]').first().waitFor()
}

/** A site whose next page does not come. */
export async function loseNextPage(page: Page): Promise<void> {
  await page.route('**/assets/*.js', (route) => route.abort())
  await page.evaluate(`document.querySelector('nav a[href="/about"]').click()`)
  await page.waitForTimeout(1500)
}
