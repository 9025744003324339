import type { ConsultationDetail } from '#shared/consultations/told.ts'
import { NONE, type ViewState } from '#shared/view.ts'
import { cellReader } from './read-view.ts'

/** How much was said on one article with its clauses, or on the whole draft. */
export interface SaidOn {
  /** Of the article; undefined: the whole draft. */
  id: string | undefined
  /** As the draft calls it; empty for the whole draft. */
  name: string
  comments: number
}

/** Those on which most was said first. What is no article of the draft, or stands no longer in it, is left out. */
export function saidOn(
  detail: ConsultationDetail | undefined,
  view: ViewState | undefined,
  language: string,
): SaidOn[] {
  if (!detail || !view) return []
  const provisions = detail.texts[language] ?? Object.values(detail.texts)[0] ?? []
  const read = cellReader(view)
  const counts = new Map(view.rows.map((row) => [row[0], read(row, 'commentsPublished') ?? 0]))
  const articles = provisions
    .filter(({ kind }) => kind === 'article')
    .map(({ id, label, heading }) => {
      const own = provisions.filter((one) => one.id === id || one.within === id)
      const comments = own.reduce((sum, { key }) => sum + (counts.get(key) ?? 0), 0)
      return { id, name: [label, heading].filter(Boolean).join(' '), comments }
    })
  const whole = { id: undefined, name: '', comments: counts.get(NONE) ?? 0 }
  return [whole, ...articles].sort((one, other) => other.comments - one.comments)
}
