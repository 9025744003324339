import type { Page } from 'playwright-core'

/** What a reader sees of the board. */
export function boardOn(page: Page) {
  const tile = (measure: string) => page.locator(`[data-measure=${measure}]`)
  return {
    page,
    tile,
    /** Waits for the state the live mark shows, and answers how many milliseconds that took. */
    async state(name: string, timeout = 30_000): Promise<number> {
      const startedAt = performance.now()
      await page.locator(`[data-live=${name}]`).waitFor({ timeout })
      return performance.now() - startedAt
    },
    /** Waits for a headline number. */
    shows: (measure: string, value: string) =>
      tile(measure)
        .locator('.figure', { hasText: new RegExp(`^\\s*${value}\\s*$`) })
        .waitFor(),
  }
}
