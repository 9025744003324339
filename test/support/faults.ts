import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** Rule and place of every violation of WCAG 2.2 AA and of best practice. */
export async function faults(page: Page): Promise<string[]> {
  if (!(await page.evaluate('"axe" in globalThis'))) await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { axe: here } = globalThis as unknown as { axe: typeof axe }
    // What is not a violation is not described: that is most of the work on a large page.
    const found = await here.run({ resultTypes: ['violations'] })
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.any[0]?.message ?? ''}`),
    )
  })
}
