import { type RawBuilder, sql } from 'kysely'
import { type Dimension, dimensions, type Status } from '#shared/ticket.ts'
import { SOON, type TicketState } from '#shared/tickets.ts'
import { MINUTE } from '#shared/time.ts'
import type { Filters } from '#shared/view.ts'
import { windowAt } from '../cube/window.ts'
import type { Directory } from '../dimensions/directory.ts'
import { HttpError } from '../http/errors.ts'
import type { Terms } from '../live/terms.ts'
import type { ListQuestion } from './question.ts'

/** As of when a list is asked. */
export interface Instant {
  /** By the deployment's clock, in milliseconds. */
  now: number
  /** The end of the running minute. */
  minute: number
}

/** What a stored ticket must meet. Throws a 400 for a member or a range that there is not. */
export function conditionsOf(
  { filters, statuses, states, window }: ListQuestion,
  { directory, calendar }: Terms,
  { now, minute }: Instant,
): RawBuilder<boolean> {
  const possible = possibleStatuses({ statuses, states })
  const conditions = [
    ...narrowedBy(filters, directory),
    ...(possible ? [hasStatus(possible)] : []),
    ...(states ? [hasState(states, now)] : []),
    ...(window === undefined ? [] : [isReceivedIn(window, calendar, minute)]),
  ]
  return conditions.length === 0 ? sql<boolean>`true` : sql<boolean>`${sql.join(conditions, AND)}`
}

const AND = sql` and `
const OR = sql` or `

function narrowedBy(filters: Filters, directory: Directory): RawBuilder<boolean>[] {
  return dimensions
    .filter((dimension) => filters[dimension])
    .map((dimension) => {
      const ids = idsIn(filters[dimension]!, dimension, directory)
      return isOneOf(dimension, ids)
    })
}

/** Written out, so that the statistics of which members come together apply. */
export function isOneOf(dimension: Dimension, ids: readonly number[]): RawBuilder<boolean> {
  const list = sql.raw(`'{${ids.map(Number).join()}}'::int[]`)
  return sql<boolean>`${sql.ref(dimension)} = any(${list})`
}

/** By every id under which tickets name the members; 0 is not stated. */
function idsIn(codes: readonly string[], dimension: Dimension, directory: Directory): number[] {
  return codes.flatMap((code) => {
    const id = directory.find(dimension, code)
    if (id !== undefined) return directory.idsOf(id)
    const why = `There is no ${dimension} called ${code}.`
    throw new HttpError(400, why, { path: dimension })
  })
}

const statusOf: Record<TicketState, Status> = {
  overdue: 'open',
  dueSoon: 'open',
  onTime: 'closed',
  late: 'closed',
}

/** The statuses that a list may hold, by all that is asked of it; undefined when it may hold all. */
export function possibleStatuses({
  statuses,
  states,
}: Pick<ListQuestion, 'statuses' | 'states'>): Status[] | undefined {
  const implied = states && [...new Set(states.map((state) => statusOf[state]))]
  if (!statuses || !implied) return implied ?? (statuses && [...new Set(statuses)])
  return implied.filter((status) => statuses.includes(status))
}

/** Written out, so that the indexes of what is open are seen to fit. */
function hasStatus([one, ...more]: readonly Status[]): RawBuilder<boolean> {
  if (one === undefined) return sql<boolean>`false`
  if (more.length === 0) return sql<boolean>`status = ${sql.lit(one)}`
  return sql<boolean>`status in (${sql.join([one, ...more].map((status) => sql.lit(status)))})`
}

/** As `stateOf` says it of one ticket. */
function hasState(states: readonly TicketState[], now: number): RawBuilder<boolean> {
  const at = (time: number) => sql`to_timestamp(${time}::bigint / 1000.0)`
  const meanings: Record<TicketState, RawBuilder<boolean>> = {
    overdue: sql`status = 'open' and due_at < ${at(now)}`,
    dueSoon: sql`status = 'open' and due_at >= ${at(now)} and due_at <= ${at(now + SOON)}`,
    onTime: sql`status = 'closed' and closed_at <= due_at`,
    late: sql`status = 'closed' and closed_at > due_at`,
  }
  const [first, ...more] = [...new Set(states)].map((state) => meanings[state])
  if (more.length === 0) return first!
  return sql<boolean>`(${sql.join(
    [first, ...more].map((one) => sql`(${one})`),
    OR,
  )})`
}

function isReceivedIn(
  window: string,
  calendar: Terms['calendar'],
  minute: number,
): RawBuilder<boolean> {
  try {
    const { start, end } = windowAt({ window }, minute, calendar)
    return sql<boolean>`received_at >= to_timestamp(${start}::bigint * ${MINUTE / 1000}::int)
      and received_at < to_timestamp(${end}::bigint * ${MINUTE / 1000}::int)`
  } catch (error) {
    const reason = error instanceof RangeError ? error.message : 'It is no range.'
    const why = `The range ${window} cannot be read. ${reason}`
    throw new HttpError(400, why, { path: 'received' })
  }
}
