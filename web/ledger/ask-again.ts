import canonicalize from 'canonicalize'
import type { Evidence, NumberEvidence, Weighed } from '#shared/oversight/evidence.ts'
import type { ViewState } from '#shared/view.ts'
import { viewQuery } from '../live/view-query.ts'
import { claimOf } from './claim-of.ts'
import type { tryApi } from './page-reader.ts'

/**
 * `part`: the same, as far as it is still public. `recounted`: definitions have changed since. `regrouped`: comments
 * were grouped anew. `later`: it is only counted as it stands now. `closed`: the public may not ask it any more. `gone`: what it is about is not there any more.
 */
export type Again =
  'same' | 'part' | 'other' | 'recounted' | 'regrouped' | 'later' | 'closed' | 'gone' | 'unanswered'

type Told = Readonly<Record<string, unknown>>

/** Asks what evidence is about once more, for its own moment, by what everybody may ask. */
export async function askAgain(evidence: Evidence, ask: typeof tryApi): Promise<Again> {
  const { status, body } =
    evidence.kind === 'number'
      ? await ask(answerPath(evidence))
      : await ask('evidence', claimOf(evidence))
  const found =
    status === 200 ? compared(toldIn(evidence), nowIn(body, evidence)) : refusedWith(status)
  return found === 'other' ? whyOther(body, evidence) : found
}

/** Where a number is told for its moment, below `/api/v1`. */
export function answerPath({ question, basis, at }: NumberEvidence): string {
  // What was published of days is told as it was first published: it has no other past.
  return `view?${viewQuery(question, basis === 'published' ? undefined : at)}`
}

const nowIn = (body: unknown, evidence: Evidence): Told =>
  evidence.kind === 'number'
    ? cellsIn(body as ViewState, evidence)
    : toldIn((body as Weighed).evidence)

/** What of evidence was counted or told; not how it is called, which changes. */
function toldIn(evidence: Evidence): Told {
  if (evidence.kind === 'number' || evidence.kind === 'answering') return evidence.fields
  if (evidence.kind === 'group') return { tickets: evidence.tickets }
  if (evidence.kind === 'provision') return evidence.counts
  if (evidence.kind === 'poll') {
    return Object.fromEntries(evidence.tallies.map(({ key, fields }) => [key, fields]))
  }
  if (evidence.kind === 'comment-group') {
    const { comments, wordings } = evidence
    return { comments, wordings }
  }
  const { source: _, ...ticket } = evidence.ticket
  return { ...ticket, clocks: evidence.clocks }
}

/** Empty where there is no such row. */
function cellsIn({ columns, rows, totals }: ViewState, { measure, row }: NumberEvidence): Told {
  const found = row === null ? totals : rows.find(([key]) => key === row)
  const own = columns.flatMap((one, place) =>
    one.measure === measure ? [[one.field ?? 'value', found?.[place] ?? null] as const] : [],
  )
  return found ? Object.fromEntries(own) : {}
}

function compared(was: Told, is: Told): 'same' | 'part' | 'other' {
  const names = Object.keys(was)
  const still = names.filter((name) => Object.hasOwn(is, name))
  const isSame = still.every((name) => canonicalize(was[name]) === canonicalize(is[name]))
  if (!isSame || still.length === 0) return 'other'
  return still.length < names.length ? 'part' : 'same'
}

function refusedWith(status: number): 'other' | 'closed' | 'gone' | 'unanswered' {
  if (status === 403) return 'closed'
  if (status === 409) return 'other'
  return status === 0 || status === 429 || status >= 500 ? 'unanswered' : 'gone'
}

function whyOther(
  body: unknown,
  { kind }: Evidence,
): 'other' | 'recounted' | 'regrouped' | 'later' {
  if (kind === 'comment-group') return 'regrouped'
  if (kind === 'answering') return 'later'
  const { basis } = Object(kind === 'number' ? body : (body as Weighed).evidence) as {
    basis?: string
  }
  return basis === 'recounted' ? 'recounted' : 'other'
}
