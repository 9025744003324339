import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** What a theme can break on a page that was checked wholly in another. */
const OF_THEMES = ['color-contrast', 'link-in-text-block'] as const

/** Rule and place of every violation of WCAG 2.2 AA and of best practice, or of a page that was checked in another theme. */
export async function faults(
  page: Page,
  { wasChecked = false, only }: { wasChecked?: boolean; only?: readonly string[] } = {},
): Promise<string[]> {
  if (!(await page.evaluate('"axe" in globalThis'))) await page.evaluate(axe.source)
  return page.evaluate(
    async (rules) => {
      const { axe: here } = globalThis as unknown as { axe: typeof axe }
      // What is not a violation is not described: that is most of the work on a large page.
      const found = await here.run({
        resultTypes: ['violations'],
        // It would fetch every sheet again, for sounds alone, of which there are none.
        preload: false,
        ...(rules && { runOnly: [...rules] }),
      })
      return found.violations.flatMap(({ id, nodes }) =>
        nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.any[0]?.message ?? ''}`),
      )
    },
    only ?? (wasChecked ? OF_THEMES : undefined),
  )
}

/** What axe finds in light, and in the dark what that changes; the page is left in light. */
export async function faultsInBoth(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  const light = await faults(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = await faults(page, { wasChecked: true })
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: null })
  return [...light, ...dark.map((fault) => `dark: ${fault}`)]
}
