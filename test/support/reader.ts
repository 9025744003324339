import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

/**
 * A reader whose every page is as if it were the first: nothing is stored once all were closed, but what was
 * fetched need not be fetched again. Who asks for more than a window and a theme gets a reader of its own.
 */
export async function readerIn(browser: Browser) {
  const reader = await browser.newContext()
  const visited = new Set<string>()
  reader.on('page', (page) =>
    page.on('framenavigated', (frame) => visited.add(new URL(frame.url()).origin)),
  )

  async function newPage(options: BrowserContextOptions = {}): Promise<Page> {
    const { viewport, colorScheme, ...rest } = options
    if (Object.keys(rest).length > 0) return browser.newPage(options)
    const page = await reader.newPage()
    if (reader.pages().length === 1) await forget(page, visited)
    if (viewport) await page.setViewportSize(viewport)
    if (colorScheme) await page.emulateMedia({ colorScheme })
    return page
  }

  return { reader, newPage }
}

async function forget(page: Page, origins: ReadonlySet<string>): Promise<void> {
  await page.context().clearCookies()
  const cdp = await page.context().newCDPSession(page)
  for (const origin of origins) {
    await cdp.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' })
  }
  await cdp.detach()
}
