import { BATCH, type Intake } from '../intake/intake.ts'
import type { IntakeEvent } from '../intake/read-event.ts'

/** What is told of one thing, in order of time: each event follows from its number. */
export interface Sequence {
  /** In milliseconds since 1970. */
  times: Float64Array
  /** How many have been told. */
  told: number
  eventOf: (number: number) => IntakeEvent
}

/** Tells every event that is due, a batch at a time. */
export async function tellDue(
  sequences: readonly Sequence[],
  { intake, sourceId }: { intake: Intake; sourceId: number },
  { now, stop }: { now: number; stop: AbortSignal },
): Promise<void> {
  for (const one of sequences) {
    while (!stop.aborted) {
      const due = dueOf(one, now)
      if (due.length === 0) break
      await intake.submit(sourceId, due)
      one.told += due.length
    }
  }
}

function dueOf({ times, told, eventOf }: Sequence, now: number): IntakeEvent[] {
  const due: IntakeEvent[] = []
  for (let at = told; at < times.length && due.length < BATCH; at++) {
    if (times[at]! > now) break
    due.push(eventOf(at))
  }
  return due
}

/** All of it has been told. */
export const isTold = ({ times, told }: Sequence): boolean => told >= times.length
