import type { MeasureId } from '#shared/measures/all.ts'
import { type At, type Row, type ViewSpec } from '#shared/view.ts'
import { type Answer, answerView } from '../views/answer.ts'
import type { Asking } from '../views/facts-desk.ts'
import { publicQuestion } from '../views/public-rule.ts'
import type { EvidenceDesk } from './desk.ts'

/** What a page showed, asked again under the public rule. */
export function askView(
  desk: EvidenceDesk,
  { spec, at }: { spec: ViewSpec; at: At | undefined },
  asking: Asking,
): Promise<Answer> {
  publicQuestion(spec, desk.engine.terms.policy.policy)
  return answerView(desk, { spec, at }, asking)
}

/** Reads a row by the names of its columns; nothing is counted in a row that there is not. */
export function cellsOf({ columns, rows }: Pick<Answer, 'columns' | 'rows'>, key: string) {
  const row: Row | undefined = rows.find(([one]) => one === key)
  const places = new Map(columns.map(({ id }, place) => [id, place]))
  return (name: string): number => Number(row?.[places.get(name) ?? -1] ?? 0)
}

/** The versions of the definitions by which an answer was counted. */
export const versionsIn = ({ definitions }: Answer): Record<string, number> =>
  Object.fromEntries(Object.entries(definitions).map(([id, one]) => [id as MeasureId, one.version]))

export const basisOf = ({ basis }: Answer): 'past' | 'recounted' =>
  basis === 'recounted' ? 'recounted' : 'past'
