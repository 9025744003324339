import type { Ticket } from '../ticket.ts'

/** Receives ±n of a part, dated at a UTC minute; `bin` is 0 but for parts with a histogram. */
export type Add = (part: Part, minute: number, n: number, bin: number) => void

/**
 * What contributions are counted in. A measure's value is made of the sums of one or more parts.
 * A flow is counted at the minute it happened; a stock holds +1 on entering and −1 on leaving, and
 * its value is the sum of all before an instant. What is so now is dated when it came in, and taken
 * away again when it is so no longer: it is known of the present alone.
 */
export interface Part {
  /** Stands in the journal for ever: never reused, never renumbered. */
  readonly code: number
  readonly id: string
  readonly kind: 'flow' | 'stock' | 'now'
  readonly hasBins?: true
}

export interface TicketPart extends Part {
  /** Adds what one ticket that is not excluded contributes. Depends on the ticket alone. */
  contribute(ticket: Ticket, add: Add): void
}
