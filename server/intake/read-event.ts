import type { z } from 'zod'
import { CommentEvent, ConsultationEvent } from '#shared/consultations/events.ts'
import { type Rejection, TicketEvent } from '#shared/events.ts'
import { PollEvent, PollResponseEvent, StatementEvent, VoteEvent } from '#shared/polls/events.ts'
import { MINUTE, YEAR } from '#shared/time.ts'
import { plainEvent } from './plain-event.ts'
import { plainInstant, withinYears } from './plain-instant.ts'

const AHEAD = 10 * MINUTE
const DUE_AHEAD = 10 * YEAR

export type Fault = Omit<Rejection, 'line'>
export type IntakeEvent =
  | TicketEvent
  | CommentEvent
  | ConsultationEvent
  | PollEvent
  | PollResponseEvent
  | StatementEvent
  | VoteEvent
export type Read<Event = TicketEvent> =
  { event: Event; faults?: undefined } | { event?: undefined; faults: Fault[] }

/** One event from outside, typed, or everything that is wrong with it. `now` is the server's clock. */
export function readEvent(value: unknown, now: number): Read<IntakeEvent> {
  const type = typeOf(value)
  if (type === 'comment') return readAt(CommentEvent, value, { path: 'receivedAt', now })
  if (type === 'consultation') return readAs(ConsultationEvent, value)
  if (type === 'poll') return readAs(PollEvent, value)
  if (type === 'poll-response') return readAt(PollResponseEvent, value, { path: 'answeredAt', now })
  if (type === 'statement') return readAt(StatementEvent, value, { path: 'receivedAt', now })
  if (type === 'vote') return readAt(VoteEvent, value, { path: 'votedAt', now })
  const event = plainEvent(value, plainInstant)
  return event ? requirePast(event, now) : readBySchema(value, now)
}

/** The same for one whose times are milliseconds. `toJson` writes it as a source would, where that is needed. */
export function readTimed<T>(timed: T, toJson: (timed: T) => unknown, now: number): Read {
  const event = plainEvent(timed, withinYears)
  return event ? requirePast(event, now) : readBySchema(toJson(timed), now)
}

const typeOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined

function readBySchema(value: unknown, now: number): Read {
  const read = readAs(TicketEvent, value)
  return read.event ? requirePast(read.event, now) : read
}

/** One whose only time is at `path`. */
function readAt<Path extends string, Event extends Record<Path, number>>(
  schema: z.ZodType<Event>,
  value: unknown,
  { path, now }: { path: Path; now: number },
): Read<Event> {
  const read = readAs(schema, value)
  if (!read.event || read.event[path] <= now + AHEAD) return read
  return { faults: [{ path, error: TOO_EARLY }] }
}

function readAs<Event>(schema: z.ZodType<Event>, value: unknown): Read<Event> {
  const result = schema.safeParse(value)
  if (result.success) return { event: result.data }
  const faults = result.error.issues.slice(0, 10).map((issue) => ({
    path: issue.path.join('.').slice(0, 200),
    error: issue.message.slice(0, 300),
  }))
  return { faults }
}

const TOO_EARLY = 'lies more than 10 minutes ahead of the server'

/** A source whose clock is ahead would move the city's; only a due date may lie in the future. */
function requirePast(event: TicketEvent, now: number): Read {
  const faults: Fault[] = []
  eachOccurrence(event, (path, at) => {
    if (at <= now + AHEAD) return
    faults.push({ path, error: TOO_EARLY })
  })
  if (event.dueAt !== null && event.dueAt > now + DUE_AHEAD) {
    faults.push({ path: 'dueAt', error: 'lies more than 10 years ahead of the server' })
  }
  return faults.length > 0 ? { faults } : { event }
}

function eachOccurrence(event: TicketEvent, tell: (path: string, at: number) => void): void {
  const { receivedAt, respondedAt, closedAt, reopenings, survey } = event
  tell('receivedAt', receivedAt)
  if (respondedAt !== null) tell('respondedAt', respondedAt)
  if (closedAt !== null) tell('closedAt', closedAt)
  for (const { at } of reopenings ?? []) tell('reopenings', at)
  if (survey) tell('survey.at', survey.at)
}

/** The newest time an event tells: where the clock of the events stands. */
export function newestTime(event: TicketEvent): number {
  let newest = event.receivedAt
  eachOccurrence(event, (_, at) => (newest = Math.max(newest, at)))
  return newest
}
