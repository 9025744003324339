import type { EventJson } from '../import/event-of.ts'
import { duration, whole } from '../import/pace.ts'
import { showProgress } from '../progress.ts'
import { addOutcome, describeOutcome, newTally } from '../import/tally.ts'
import { play } from './play.ts'
import type { Plan } from './plan.ts'
import type { Receiver } from './receivers.ts'

const SHOWN_REASONS = 5

export interface ReplayOptions {
  speed: number
  /** In which the playing time is shown. */
  timeZone: string
  stop: AbortSignal
  print: (line: string) => void
}

/** Plays a history into `receive`. To play it again from the start is harmless. */
export async function replay(plan: Plan, receive: Receiver, options: ReplayOptions): Promise<void> {
  const { steps } = plan
  const { print, stop, timeZone } = options
  const tally = newTally()
  const reasons: string[] = []
  const progress = showProgress('Replay')
  let at = plan.startAt
  for (const line of describePlan(plan, options)) print(line)

  async function send(events: readonly EventJson[]): Promise<void> {
    const told = await receive(events)
    addOutcome(tally, told)
    tally.rejected += told.rejected
    reasons.push(...told.reasons.slice(0, SHOWN_REASONS - reasons.length))
  }

  function playing(now: number, told: number): void {
    at = now
    progress.show(told / steps.length, () => noteOf(at, told))
  }

  function noteOf(at: number, told: number): string {
    const left = (steps.at(-1)!.at - at) / options.speed
    return `${clockText(at, timeZone)}  ${whole(told)} events  ${duration(left)} left`
  }

  try {
    const told = await play({ ...plan, ...options, send, playing })
    if (stop.aborted) print(`Stopped at ${clockText(at, timeZone)}: --from goes on from there.`)
    print(`${whole(told)} of ${whole(steps.length)} events were told`)
  } finally {
    progress.end()
    for (const line of describeOutcome(tally, `such as ${reasons.join('; ')}`)) print(line)
  }
}

/** What will be played, and what will not. */
function describePlan({ steps, startAt, leftOut }: Plan, { timeZone }: ReplayOptions): string[] {
  const [from, to] = [startAt, steps.at(-1)!.at].map((at) => clockText(at, timeZone))
  const played = `Playing ${whole(steps.length)} events, from ${from} to ${to}.`
  if (leftOut === 0) return [played]
  return [played, `${whole(leftOut)} later changes are left out: --until TIME says how far to go.`]
}

function clockText(at: number, timeZone: string): string {
  const clock = Temporal.Instant.fromEpochMilliseconds(Math.floor(at)).toZonedDateTimeISO(timeZone)
  return clock.toPlainDateTime().toString({ smallestUnit: 'minute' })
}
