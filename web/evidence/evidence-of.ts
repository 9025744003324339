import type { ClaimInput } from '#shared/oversight/evidence.ts'
import type { MeasureId } from '#shared/measures/all.ts'
import type { PublicTicket } from '#shared/tickets.ts'
import type { At, ViewSpec, ViewState } from '#shared/view.ts'

type Claim<Kind extends ClaimInput['kind']> = Extract<ClaimInput, { kind: Kind }>

const pair = (at: At): [number, number] => [at[0], at[1]]

export interface ShownNumber {
  spec: ViewSpec
  /** The answer as the page shows it. */
  view: Pick<ViewState, 'columns' | 'rows' | 'totals'>
  at: At
  measure: MeasureId
  /** The key of its row; the totals when absent. */
  row?: string | undefined
}

/** What a page showed of a number: on a tile, in a row, at a step of a chart. Undefined where it shows none. */
export function numberClaim(shown: ShownNumber): Claim<'number'> | undefined {
  const { spec, view, at, measure, row } = shown
  const found = row === undefined ? view.totals : view.rows.find(([key]) => key === row)
  const saw = Object.fromEntries(
    view.columns.flatMap(({ measure: of, field }, place) => {
      const cell = found?.[place]
      return of === measure && field && typeof cell !== 'string' ? [[field, cell ?? null]] : []
    }),
  )
  if (!found || Object.keys(saw).length === 0) return undefined
  const { id: _, ...question } = structuredClone(spec) as Claim<'number'>['question']
  return { kind: 'number', question, measure, row: row ?? null, at: pair(at), saw }
}

/** What a page showed of a ticket, when it knew the journal and the clock up to `at`. */
export function ticketClaim(ticket: PublicTicket, at: At): Claim<'ticket'> {
  const { mark, id, status, respondedAt, dueAt, closedAt } = ticket
  const saw = { status, respondedAt, dueAt, closedAt }
  return { kind: 'ticket', mark, id, at: pair(at), saw }
}

export interface ShownProvision {
  consultation: string
  provision: string
  /** The number of the draft that is shown. */
  draft: number | null
  counts: Claim<'provision'>['saw']
  at: At
}

/** What a page showed of what was said on an article with its clauses, or on the whole draft. */
export function provisionClaim(shown: ShownProvision): Claim<'provision'> {
  const { consultation, provision, draft, counts, at } = shown
  return { kind: 'provision', consultation, provision, draft, at: pair(at), saw: counts }
}

/** What a page was told of comments that are nearly the same, up to a row of the journal. */
export function commentGroupClaim(
  consultation: string,
  { id, comments, seq }: { id: number; comments: number; seq: number },
  minute: number,
): Claim<'comment-group'> {
  return { kind: 'comment-group', consultation, id, at: [seq, minute], saw: { comments } }
}

/** What a page showed of how a draft is answered. */
export function answeringClaim(
  { consultation, measure, saw }: Pick<Claim<'answering'>, 'consultation' | 'measure' | 'saw'>,
  at: At,
): Claim<'answering'> {
  return { kind: 'answering', consultation, measure, at: pair(at), saw: { ...saw } }
}

export interface ShownPoll {
  poll: string
  /** Null: all that is counted of it. */
  question: string | null
  /** By the key of its row, how many chose it or agree. */
  counts: Readonly<Record<string, number>>
  at: At
}

export function pollClaim({ poll, question, counts, at }: ShownPoll): Claim<'poll'> {
  return { kind: 'poll', poll, question, at: pair(at), saw: { ...counts } }
}

export interface ShownGroup {
  /** As `/api/v1/tickets` was asked. */
  query: string
  at: At
  /** Absent: the whole list. */
  group?: string | undefined
  /** As it was counted; absent where it was not. */
  tickets?: number | undefined
}

/** What a page showed of a list of tickets, or of one row of their groups. */
export function groupClaim({ query, at, group, tickets }: ShownGroup): Claim<'group'> {
  const params = new URLSearchParams(query)
  // Where a page of the list lies is not part of what it is about.
  for (const name of ['after', 'before', 'limit']) params.delete(name)
  return {
    kind: 'group',
    query: params.toString(),
    group: group ?? null,
    at: pair(at),
    saw: tickets ?? null,
  }
}
