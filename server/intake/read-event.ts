import { type Rejection, TicketEvent } from '#shared/events.ts'
import { MINUTE, YEAR } from '#shared/time.ts'

const AHEAD = 10 * MINUTE
const DUE_AHEAD = 10 * YEAR

export type Fault = Omit<Rejection, 'line'>
export type Read =
  { event: TicketEvent; faults?: undefined } | { event?: undefined; faults: Fault[] }

/** One event from outside, typed, or everything that is wrong with it. `now` is the server's clock. */
export function readEvent(value: unknown, now: number): Read {
  const result = TicketEvent.safeParse(value)
  if (!result.success) {
    const faults = result.error.issues.slice(0, 10).map((issue) => ({
      path: issue.path.join('.').slice(0, 200),
      error: issue.message.slice(0, 300),
    }))
    return { faults }
  }
  const faults = timesAhead(result.data, now)
  return faults.length > 0 ? { faults } : { event: result.data }
}

/** A source whose clock is ahead would move the city's; only a due date may lie in the future. */
function timesAhead(event: TicketEvent, now: number): Fault[] {
  const faults: Fault[] = []
  for (const [path, at] of occurrences(event)) {
    if (at > now + AHEAD) {
      faults.push({ path, error: 'lies more than 10 minutes ahead of the server' })
    }
  }
  if (event.dueAt !== null && event.dueAt > now + DUE_AHEAD) {
    faults.push({ path: 'dueAt', error: 'lies more than 10 years ahead of the server' })
  }
  return faults
}

function* occurrences(event: TicketEvent): Generator<[path: string, at: number]> {
  yield ['receivedAt', event.receivedAt]
  if (event.respondedAt !== null) yield ['respondedAt', event.respondedAt]
  if (event.closedAt !== null) yield ['closedAt', event.closedAt]
  for (const { at } of event.reopenings ?? []) yield ['reopenings', at]
  if (event.survey) yield ['survey.at', event.survey.at]
}

/** The newest time an event tells: where the clock of the events stands. */
export function newestTime(event: TicketEvent): number {
  let newest = event.receivedAt
  for (const [, at] of occurrences(event)) newest = Math.max(newest, at)
  return newest
}
