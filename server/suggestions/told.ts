import {
  dueBy,
  type Endorsement,
  type Link,
  type Suggestion,
} from '#shared/oversight/suggestion.ts'
import type { Directory } from '../dimensions/directory.ts'
import type { SuggestionRow } from './queries.ts'

/** A suggestion as everybody may see it: its observers by the public register, members by code. */
export function toldSuggestion(row: SuggestionRow, directory: Directory) {
  const { id, version, state, title, text, why, reason, withheld, now } = row
  const { stage, target, language, evidence, flags, attachments } = state
  const code = (member: number | null) =>
    member === null ? null : directory.codeOf(directory.rootOf(member))
  return {
    id,
    href: `/suggestions/${id}`,
    version,
    state: stage,
    target,
    title,
    text,
    why,
    withheld,
    language,
    agency: code(state.agency),
    area: code(state.area),
    category: code(state.category),
    evidence,
    flags,
    attachments,
    author: { id: state.author.appointment, name: nameOf(row, state.author.appointment) },
    endorsements: state.endorsements.length,
    ...timesOf(state, now),
    reason,
    links: state.links,
  }
}

/** Each with the note that its observer wrote, or when and why that was taken down; the first one first. */
export function toldEndorsements(row: SuggestionRow) {
  return row.state.endorsements.map(({ appointment, at }, place) => ({
    observer: { id: appointment, name: nameOf(row, appointment) },
    at: iso(at),
    note: row.notes?.[place] ?? null,
    withheld: row.withheldNotes?.[place] ?? null,
  }))
}

const nameOf = ({ names }: SuggestionRow, appointment: number): string =>
  names[String(appointment)] ?? ''

/** `isLate` now; `late` also of what was done after its deadline. */
function timesOf(state: Suggestion, now: number) {
  const { reviewBy, decideBy, reviewedAt, decidedAt, stage } = state
  const due = dueBy(state)
  const isOver = stage === 'withdrawn'
  return {
    submittedAt: iso(state.submittedAt),
    reviewBy: iso(reviewBy),
    reviewedAt: iso(reviewedAt),
    decideBy: iso(decideBy),
    decidedAt: iso(decidedAt),
    implementedAt: iso(state.implementedAt),
    dueBy: iso(due),
    isLate: due !== null && due < now,
    late: {
      review: !isOver && (reviewedAt ?? now) > reviewBy,
      decision: !isOver && (decidedAt ?? now) > decideBy,
    },
  }
}

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())
