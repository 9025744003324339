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

/** An address of the city as who comes to it: within the page where one of the city stands, which spares the start. */
export async function visit(page: Page, address: string): Promise<void> {
  const [here, { origin, pathname, search }] = [new URL(page.url()), new URL(address)]
  if (here.origin !== origin) return void (await page.goto(address))
  // Where it is already, it would not turn.
  if (here.pathname === pathname) await turnTo(page, '/nowhere')
  await turnTo(page, pathname + search)
}
