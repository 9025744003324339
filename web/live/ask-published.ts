import type { MeasureId } from '#shared/measures/all.ts'
import type { At, ViewState } from '#shared/view.ts'
import { viewQuery } from './view-query.ts'
import type { WholeDays } from './whole-days.ts'

/** What was told once of whole local days, as first published. */
export interface PublishedView extends ViewState {
  days: WholeDays
  /** When it was published, in milliseconds. */
  publishedAt: number
  seq: number
  /** Where the answer stands, as evidence names it. */
  at: At
}

interface Answer extends Omit<ViewState, 'id'> {
  at: At
  published: WholeDays & { at: string; seq: number }
}

/** The newest publication of a length such as `7d`, or that of exactly `START/END`; undefined where there is none. */
export async function askPublished(
  measures: readonly MeasureId[],
  window: string,
  signal: AbortSignal,
): Promise<PublishedView | undefined> {
  const response = await fetch(`/api/v1/view?${viewQuery({ measures, window })}`, { signal })
  if (response.status === 404) return absent(response)
  if (!response.ok) throw new Error(`What is published was not answered: ${response.status}`)
  const { at, published, columns, rows, totals } = (await response.json()) as Answer
  const { start, end, seq } = published
  return {
    id: 'published',
    columns,
    rows,
    totals,
    days: { start, end },
    publishedAt: Date.parse(published.at),
    seq,
    at,
  }
}

/** An answer that is not read keeps its connection. */
async function absent(response: Response): Promise<undefined> {
  await response.body?.cancel()
}
