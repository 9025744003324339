import { setTimeout as delay } from 'node:timers/promises'
import type { EventJson } from '../import/event-of.ts'
import { submitInOrder } from '../import/submit-in-order.ts'
import { BATCH } from '../intake/intake.ts'
import { eventAt, type Step } from './life.ts'

const LONGEST_WAIT = 250

export interface PlayOptions {
  /** In order of time. */
  steps: readonly Step[]
  /** The moment of the history that is played first; steps before it are told at once. */
  startAt: number
  /** Seconds of the history a second; Infinity as fast as it goes. */
  speed: number
  send: (events: readonly EventJson[]) => Promise<void>
  stop: AbortSignal
  /** Called often, with the moment that is playing and how many steps were told. */
  playing: (at: number, told: number) => void
}

/** Tells each step at its time, until the last or `stop`. Resolves when all that was told is durable. */
export async function play(options: PlayOptions): Promise<number> {
  const { steps, send, stop, playing } = options
  const clock = playingClock(options)
  const submitter = submitInOrder(send)
  let told = 0
  while (told < steps.length && !stop.aborted) {
    const due = dueSteps(steps, told, clock.now())
    playing(playingAt(steps[told]!, clock.now()), told)
    if (due.length === 0) await pause(clock.timeTo(steps[told]!.at), stop)
    else await submitter.submit(due.map(eventAt))
    told += due.length
  }
  await submitter.landed()
  return told
}

function playingClock({ startAt, speed }: Pick<PlayOptions, 'startAt' | 'speed'>) {
  const startedAt = performance.now()
  const now = () =>
    speed === Infinity ? Infinity : startAt + (performance.now() - startedAt) * speed
  return { now, timeTo: (at: number) => (at - now()) / speed }
}

/** At most a batch: the steps from `told` on whose time has come. */
function dueSteps(steps: readonly Step[], told: number, now: number): Step[] {
  let end = told
  while (end < steps.length && end - told < BATCH && steps[end]!.at <= now) end++
  return steps.slice(told, end)
}

const playingAt = (next: Step, now: number): number => Math.min(next.at, now)

async function pause(milliseconds: number, stop: AbortSignal): Promise<void> {
  const wait = Math.min(LONGEST_WAIT, Math.max(1, milliseconds))
  await delay(wait, undefined, { signal: stop }).catch(() => {})
}
