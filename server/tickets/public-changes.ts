import { isDeepStrictEqual } from 'node:util'
import { isExcluded, type Dimension, dimensions } from '#shared/ticket.ts'
import type { TicketHappening } from '#shared/tickets.ts'
import type { SeenFacts } from './public-ticket.ts'

/** One thing that happened between two states of a ticket; instants are milliseconds. */
export interface Happening {
  kind: TicketHappening
  /** When it happened, where the source says so; else null: when it was told. */
  at: number | null
  closeReason?: string | null
  field?: keyof SeenFacts
  from?: string | number | null
  to?: string | number | null
}

/**
 * What the public sees happen from one state of a ticket to the next, in order; all that its first state
 * tells when there is none before. Nothing when they differ in nothing that is public.
 */
export function happeningsBetween(before: SeenFacts | undefined, after: SeenFacts): Happening[] {
  const first: Happening[] = before ? [] : [{ kind: 'received', at: after.receivedAt }]
  if (before && isCorrection(before, after)) return correctedByAct(before, after)
  const isOverruled = before != null && before.correction !== null && after.correction === null
  return [
    ...first,
    ...(isOverruled ? [{ kind: 'overruled', at: null } as const] : []),
    ...corrected(before, after, ['receivedAt', 'precision']),
    ...reclassified(before, after),
    ...responded(before, after),
    ...redecided(before, after),
    ...excluded(before, after),
    ...turned(before, after),
  ]
}

/** Whether it was an official who told it otherwise, and no source. */
export const isCorrection = (
  before: Pick<SeenFacts, 'correction'> | undefined,
  after: Pick<SeenFacts, 'correction'>,
): boolean => after.correction !== null && after.correction !== before?.correction

/** Whatever is otherwise: nothing happened but that it was corrected. */
function correctedByAct(before: SeenFacts, after: SeenFacts): Happening[] {
  return [
    ...corrected(before, after, [...ofItsLife, ...dimensions, 'respondBy', 'dueAt']),
    ...retoldReopenings(before, after),
  ]
}

const ofItsLife = ['status', 'respondedAt', 'closedAt', 'closeReason'] as const

function retoldReopenings(before: SeenFacts, after: SeenFacts): Happening[] {
  const [was, is] = [before.reopenings ?? [], after.reopenings ?? []]
  const places = Array.from({ length: Math.max(was.length, is.length) }, (_, place) => place)
  return places.flatMap((place) =>
    (['closedAt', 'closeReason', 'at'] as const).flatMap((part): Happening[] => {
      const [from, to] = [was[place]?.[part] ?? null, is[place]?.[part] ?? null]
      const field = part === 'at' ? 'reopenings' : part
      return from === to ? [] : [{ kind: 'corrected', at: null, field, from, to }]
    }),
  )
}

type Told =
  | 'receivedAt'
  | 'precision'
  | 'respondedAt'
  | 'status'
  | 'respondBy'
  | 'dueAt'
  | (typeof ofItsLife)[number]
  | Dimension

function corrected(
  before: SeenFacts | undefined,
  after: SeenFacts,
  fields: readonly Told[],
): Happening[] {
  if (!before) return []
  return fields
    .filter((field) => before[field] !== after[field])
    .map((field) => ({
      kind: 'corrected',
      at: null,
      field,
      from: before[field] ?? null,
      to: after[field] ?? null,
    }))
}

function reclassified(before: SeenFacts | undefined, after: SeenFacts): Happening[] {
  if (!before) return []
  const moved = dimensions
    .filter((dimension) => before[dimension] !== after[dimension])
    .map((dimension): Happening => {
      const [from, to] = [before[dimension] ?? null, after[dimension] ?? null]
      return { kind: kindOf(dimension), at: null, field: dimension, from, to }
    })
  const more = (after.transfers ?? 0) - (before.transfers ?? 0)
  // Another agency is one transfer; more than that are told beside it.
  if (more === 0 || (more === 1 && before.agency !== after.agency)) return moved
  const [from, to] = [before.transfers ?? null, after.transfers ?? null]
  return [...moved, { kind: 'transferred', at: null, field: 'transfers', from, to }]
}

const kindOf = (dimension: Dimension): TicketHappening =>
  dimension === 'agency' ? 'transferred' : 'reclassified'

function responded(before: SeenFacts | undefined, after: SeenFacts): Happening[] {
  const was = before?.respondedAt ?? null
  if (was !== null) return corrected(before, after, ['respondedAt'])
  return after.respondedAt === null ? [] : [{ kind: 'responded', at: after.respondedAt }]
}

/** A due date that the source stated it corrects; any other target comes from policies. */
function redecided(before: SeenFacts | undefined, after: SeenFacts): Happening[] {
  if (!before) return []
  const isStated = before.statedDueAt !== after.statedDueAt
  const changed = corrected(before, after, ['respondBy', 'dueAt'])
  return changed.map((change) =>
    isStated && change.field === 'dueAt' ? change : { ...change, kind: 'redecided' },
  )
}

function excluded(before: SeenFacts | undefined, after: SeenFacts): Happening[] {
  if (!isExcluded(after) || before?.status === after.status) return []
  const from = before?.status ?? null
  return [{ kind: 'excluded', at: after.closedAt, field: 'status', from, to: after.status }]
}

/** Closes and reopenings. Those that were told otherwise before are corrected. */
function turned(before: SeenFacts | undefined, after: SeenFacts): Happening[] {
  if (isExcluded(after)) return []
  const was = before && !isExcluded(before) ? turnsOf(before) : []
  const is = turnsOf(after)
  const kept = was.filter((turn, place) => isDeepStrictEqual(turn, is[place])).length
  if (kept < was.length) return [...retold(was, is), ...is.slice(was.length)]
  const isBack = before && isExcluded(before)
  return [...(isBack ? corrected(before, after, ['status']) : []), ...is.slice(was.length)]
}

function retold(was: readonly Happening[], is: readonly Happening[]): Happening[] {
  return was.flatMap((turn, place): Happening[] => {
    const now = is[place]
    if (isDeepStrictEqual(turn, now)) return []
    const { at: from, closeReason = null } = turn
    if (from === now?.at) {
      const to = now.closeReason ?? null
      return [{ kind: 'corrected', at: null, field: 'closeReason', from: closeReason, to }]
    }
    const field = turn.kind === 'closed' ? 'closedAt' : 'reopenings'
    return [{ kind: 'corrected', at: null, field, from, to: now?.at ?? null }]
  })
}

function turnsOf({ reopenings, status, closedAt, closeReason }: SeenFacts): Happening[] {
  const earlier = (reopenings ?? []).flatMap((one): Happening[] => [
    { kind: 'closed', at: one.closedAt, closeReason: one.closeReason },
    { kind: 'reopened', at: one.at },
  ])
  return status === 'closed' ? [...earlier, { kind: 'closed', at: closedAt, closeReason }] : earlier
}
