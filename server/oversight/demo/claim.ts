import type { MeasureId } from '#shared/measures/all.ts'
import { Claim } from '#shared/oversight/evidence.ts'
import type { Breakdown, Filters, PresetWindow, Row, ViewSpec } from '#shared/view.ts'
import { called } from '../../consultations/called.ts'
import { draftsOf } from '../../consultations/consultation-queries.ts'
import { daysOf } from '../../consultations/days-of.ts'
import { provisionCode } from '../../consultations/row.ts'
import { cellsOf } from '../../evidence/counts-of-view.ts'
import type { EvidenceDesk } from '../../evidence/desk.ts'
import { countTallies } from '../../evidence/poll.ts'
import { type Answer, answerView } from '../../views/answer.ts'
import { overdueTicket } from './queries.ts'

/** What somebody looks at; codes throughout. */
export type Look =
  | {
      measure: MeasureId
      by: Breakdown
      /** The key of the row. */
      row: string
      filters: Filters
      window: PresetWindow
    }
  /** The `nth` ticket that is overdue, the one that is longest so before the others. */
  | { agency: string; area?: string; nth: number }
  /** As the list of tickets takes it. */
  | { query: string }
  /** An article without clauses, by its number in the newest draft. */
  | { consultation: string; article: string }
  /** One question; null: all statements. */
  | { poll: string; question: string | null }

/** Milliseconds that an answer may take. */
const PATIENCE = 20_000

/** What a page would claim that it shows of it now; undefined where there is nothing to show. */
export function claimOf(desk: EvidenceDesk, look: Look): Promise<Claim | undefined> {
  if ('measure' in look) return numberClaim(desk, look)
  if ('agency' in look) return ticketClaim(desk, look)
  if ('poll' in look) return pollClaim(desk, look)
  if ('consultation' in look) return provisionClaim(desk, look)
  const at = [...desk.engine.at]
  return Promise.resolve(Claim.parse({ kind: 'group', query: look.query, at }))
}

async function numberClaim(
  desk: EvidenceDesk,
  { measure, by, row, filters, window }: Extract<Look, { measure: MeasureId }>,
): Promise<Claim | undefined> {
  const question: ViewSpec = { measures: [measure], by, filters, window }
  const { at, rows, columns } = await shown(desk, question)
  const found = rows.find(([key]) => key === row)
  if (!found) return undefined
  const saw = Object.fromEntries(
    columns.flatMap(({ field }, place) => (field === undefined ? [] : [[field, found[place]]])),
  )
  return Claim.parse({ kind: 'number', question, measure, row, at: [...at], saw })
}

/** As the page is answered now. */
export function shown(desk: EvidenceDesk, spec: ViewSpec): Promise<Answer> {
  return answerView(desk, { spec, at: undefined }, { signal: AbortSignal.timeout(PATIENCE) })
}

/** The first cell of a row's measure. */
export const valueOf = (row: Row | undefined): number => Number(row?.[1] ?? 0)

async function ticketClaim(
  { db, engine, markOf }: EvidenceDesk,
  { agency, area, nth }: Extract<Look, { nth: number }>,
): Promise<Claim | undefined> {
  const { directory } = engine.terms
  const found = await overdueTicket(db, {
    agency: directory.find('agency', agency)!,
    area: area === undefined ? undefined : directory.find('area', area),
    before: engine.asOf,
    nth,
  })
  if (!found) return undefined
  const mark = markOf(found.sourceId, found.id)
  return Claim.parse({ kind: 'ticket', mark, id: found.id, at: [...engine.at] })
}

async function pollClaim(
  desk: EvidenceDesk,
  asked: Extract<Look, { poll: string }>,
): Promise<Claim> {
  const asking = { signal: AbortSignal.timeout(PATIENCE) }
  const { answer, tallies } = await countTallies(desk, { asked, at: undefined }, asking)
  const counts = tallies.map(({ key, fields }) => [key, fields.chosen ?? fields.agree])
  const saw = Object.fromEntries(counts) as Record<string, number>
  return Claim.parse({ kind: 'poll', ...asked, at: [...answer.at], saw })
}

async function provisionClaim(
  desk: EvidenceDesk,
  { consultation, article }: Extract<Look, { consultation: string }>,
): Promise<Claim | undefined> {
  const row = await called(desk.db, consultation)
  const drafts = await draftsOf(desk.db, row.id)
  const draft = drafts.findLast(({ confirmedAt }) => confirmedAt !== null)
  if (!draft) return undefined
  const { directory } = desk.engine.terms
  const provision = directory.codeOf(
    directory.find('provision', provisionCode(row.code, draft.number, article)) ?? 0,
  )
  const answer = await shown(desk, {
    ...{ measures: ['commentsPublished', 'stance'], by: 'provision' },
    ...{ window: daysOf(row, desk.engine.terms), filters: { consultation: [row.code] } },
  })
  const cell = cellsOf(answer, provision)
  const stances = ['support', 'oppose', 'amend'].map((name) => [name, cell(`stance.${name}`)])
  const saw = { comments: cell('commentsPublished'), ...Object.fromEntries(stances) }
  const asked = { consultation, provision, draft: draft.number }
  return Claim.parse({ kind: 'provision', ...asked, at: [...answer.at], saw })
}
