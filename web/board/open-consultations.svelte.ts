import type { ConsultationLine } from '#shared/consultations/told.ts'
import { DAY, MINUTE } from '#shared/time.ts'
import type { Cell, ViewSpec, ViewState } from '#shared/view.ts'
import { patience } from '../live/redial.ts'
import { cellReader } from './read-view.ts'

export interface OpenConsultation extends ConsultationLine {
  /** By the name of their column; null where the view does not tell them. */
  counts: (column: string) => Cell
}

/** The server counts no further back. */
const HELD = 390 * DAY

/** The consultations that the city told of, asked again whenever its names change. */
export class OpenConsultations {
  #all = $state.raw<readonly ConsultationLine[]>()

  /** Undefined before the first answer. */
  openAt(minute: number): readonly ConsultationLine[] | undefined {
    const at = minute * MINUTE
    return this.#all?.filter(({ opensAt, closesAt }) => opensAt <= at && at < closesAt)
  }

  /** Answers how to stop asking. */
  ask(): () => void {
    const gone = new AbortController()
    void this.#ask(gone.signal)
    return () => gone.abort()
  }

  async #ask(gone: AbortSignal): Promise<void> {
    for (let attempt = 0; !gone.aborted; attempt++) {
      const all = await listed(gone)
      if (gone.aborted) return
      if (all) return void (this.#all = all)
      await new Promise((resolve) => setTimeout(resolve, patience(1000, attempt)))
    }
  }
}

async function listed(gone: AbortSignal): Promise<readonly ConsultationLine[] | undefined> {
  const signal = AbortSignal.any([gone, AbortSignal.timeout(10_000)])
  const answer = await fetch('/api/v1/consultations', { signal }).catch(() => undefined)
  if (!answer?.ok) return undefined
  const told = (await answer.json().catch(() => undefined)) as
    { consultations: readonly ConsultationLine[] } | undefined
  return told?.consultations
}

/** One view of all that are open, over the days of all of them: a comment belongs to one. */
export function openViews(
  open: readonly ConsultationLine[],
  { minute, isoDate }: { minute: number; isoDate: (at: number) => string },
): ViewSpec[] {
  const counted = open.filter(({ opensAt }) => opensAt > minute * MINUTE - HELD).slice(0, 100)
  if (counted.length === 0) return []
  const from = Math.min(...counted.map(({ opensAt }) => opensAt))
  const until = Math.max(...counted.map(({ closesAt }) => closesAt))
  return [
    {
      id: 'consultations',
      measures: ['people', 'commentsReceived', 'commentsPublished', 'commentsWithheld'],
      by: 'consultation',
      window: `${isoDate(from)}/${isoDate(until + DAY)}`,
      filters: { consultation: counted.map(({ code }) => code).sort() },
    },
  ]
}

/** Those that close first stand first. One of which nothing was said yet has no row, and zeros. */
export function withCounts(
  open: readonly ConsultationLine[],
  view: ViewState | undefined,
  isAsked: (code: string) => boolean,
): OpenConsultation[] {
  const read = view && cellReader(view)
  const rows = new Map(view?.rows.map((row) => [row[0], row]))
  return open
    .toSorted((one, other) => one.closesAt - other.closesAt)
    .map((line) => {
      const row = rows.get(line.code)
      const none = read && isAsked(line.code) ? 0 : null
      return { ...line, counts: (column) => (read && row ? read(row, column) : none) }
    })
}
