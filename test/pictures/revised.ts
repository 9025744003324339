import type { Page } from 'playwright-core'
import type { Fields, Revisions, Sheet } from '#shared/ledger/sheet.ts'

interface ToldSheet extends Pick<Sheet, 'measures'> {
  day: string
  leaf: number
  at: string
}

const LATE = 4

/** As if late data had changed two of the days that were told: a city that was just founded has none. */
export async function reviseDays(page: Page): Promise<void> {
  await page.route('**/api/v1/revisions*', async (route) => {
    const asked = route.request().url().replace('/revisions', '/sheets')
    const { sheets } = (await (await route.fetch({ url: asked })).json()) as { sheets: ToldSheet[] }
    const days = sheets.slice(-3, -1).reverse().map(revised)
    await route.fulfill({ json: { days } satisfies Revisions })
  })
}

function revised({ day, ...first }: ToldSheet): Revisions['days'][number] {
  const measures = Object.fromEntries(
    Object.entries(first.measures).map(([id, fields]) => [id, withLate(fields)]),
  )
  return {
    day,
    first,
    last: { ...first, leaf: first.leaf + 1, measures, edition: 2, tickets: LATE },
  }
}

/** So many more were counted, none of them among those that a rate counts. */
function withLate({ value = null, n, numerator, ...rest }: Fields): Fields {
  if (n === undefined || n === null || numerator === undefined || numerator === null)
    return { ...rest, value: value === null ? null : value + LATE }
  return { ...rest, n: n + LATE, numerator, value: numerator / (n + LATE) }
}
