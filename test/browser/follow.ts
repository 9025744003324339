import type { Page } from 'playwright-core'

/** Goes on within the page, as a link in some text leads: nothing is loaded again. */
export const follow = (page: Page, href: string): Promise<void> =>
  page.evaluate(`(() => {
    const link = Object.assign(document.createElement('a'), { href: ${JSON.stringify(href)} })
    document.body.append(link)
    link.click()
    link.remove()
  })()`)

/** The same, to another page: resolves when that stands. */
export async function turnTo(page: Page, path: string): Promise<void> {
  await page
    .locator('main')
    .first()
    .evaluate((main) => main.setAttribute('data-left', ''))
  await follow(page, path)
  await page.locator('main:not([data-left])').waitFor()
}
