import type { EventJson } from '../import/event-of.ts'
import type { Outcome } from '../import/tally.ts'
import type { Intake } from '../intake/intake.ts'
import { type IntakeEvent, readEvent } from '../intake/read-event.ts'

/** What became of events that were told. */
export interface Told extends Outcome {
  rejected: number
  /** Why some of them were rejected. */
  reasons: string[]
}

/** Takes events, in the words of the intake contract; resolves when what it accepted is durable. */
export type Receiver = (events: readonly EventJson[]) => Promise<Told>

/** Straight into the database, beside a running server or without one. */
export function tellIntake(intake: Intake, sourceId: number): Receiver {
  return async (events) => {
    const taken: IntakeEvent[] = []
    const reasons: string[] = []
    for (const value of events) {
      const { event, faults } = readEvent(value, Date.now())
      if (event) taken.push(event)
      else reasons.push(`${value.id}: ${faults[0]!.path}: ${faults[0]!.error}`)
    }
    return { ...(await intake.submit(sourceId, taken)), rejected: reasons.length, reasons }
  }
}
