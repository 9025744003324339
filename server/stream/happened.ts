import type { StreamEvent } from '#shared/wire.ts'
import type { ClockMode } from '../cube/clock.ts'
import { type Happening, happeningsBetween } from '../tickets/public-changes.ts'
import { type Eye, factsOf, membersOf, type SeenRow } from '../tickets/public-ticket.ts'
import type { Change, ToldBatch } from './queries.ts'

/** Something that came to be known of a ticket, not yet as the public sees it: that may change. */
export interface Happened {
  /** By the deployment's clock, in milliseconds. */
  knownAt: number
  after: SeenRow
  before: SeenRow | undefined
  isOverdue?: true
}

/** The newest first. */
export function happenedOf(
  { batches, changes, due }: { batches: ToldBatch[]; changes: Change[]; due: SeenRow[] },
  clock: ClockMode,
): Happened[] {
  const known = new Map(
    batches.map(({ batch, at, newestAt }) => [batch, clock === 'events' ? (newestAt ?? 0) : at]),
  )
  const told = changes.map(({ batch, ...change }) => ({ ...change, knownAt: known.get(batch)! }))
  const overdue = due.map((after): Happened => ({
    after,
    before: undefined,
    isOverdue: true,
    knownAt: after.dueAt!,
  }))
  return [...told, ...overdue].sort(
    (a, b) => b.knownAt - a.knownAt || newestIn(b.after) - newestIn(a.after),
  )
}

/** Of what was told at once, that is newer of which something newer is said. */
const newestIn = ({ receivedAt, respondedAt, closedAt }: SeenRow): number =>
  Math.max(receivedAt, respondedAt ?? 0, closedAt ?? 0)

/** As the public sees it now, the newest first: nothing where only what it may not see has changed. */
export function eventsOf(happened: Happened, eye: Eye): StreamEvent[] {
  const { after, knownAt } = happened
  const shared = {
    mark: eye.markOf(after.sourceId, after.id),
    id: after.id,
    ...membersOf(after, eye),
  }
  return happeningsOf(happened, eye)
    .map((one) => ({ ...one, at: one.at ?? knownAt }))
    .map((one) => ({ ...one, ...shared, ...timesOf(one.kind, one.at, after) }))
    .reverse()
}

/** What a policy decides otherwise is in no stream: it says nothing of the ticket. */
function happeningsOf({ before, after, isOverdue }: Happened, eye: Eye): Happening[] {
  if (isOverdue) return [{ kind: 'overdue', at: after.dueAt }]
  const was = before && factsOf(before, eye)
  return happeningsBetween(was, factsOf(after, eye)).filter(({ kind }) => kind !== 'redecided')
}

function timesOf(kind: Happening['kind'], at: number, { receivedAt, dueAt, status }: SeenRow) {
  const after = kind === 'received' ? {} : { after: Math.round((at - receivedAt) / 1000) }
  return status === 'open' ? { ...after, dueAt } : after
}
