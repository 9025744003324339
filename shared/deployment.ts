import type { Dimension } from './ticket.ts'
import type { Break } from './view.ts'

/** A member of a dimension as a page needs it: the code that views use, and what to call it. */
export interface Member {
  code: string
  /** By BCP 47 language; may be empty, then the code is the name. */
  names: Readonly<Record<string, string>>
}

/** What a page must know besides numbers: `GET /api/v1/deployment`. */
export interface Deployment {
  place: { names: Readonly<Record<string, string>>; demonstration: boolean }
  timeZone: string
  clock: 'database' | 'events'
  policyVersion: number
  minN: number
  satisfiedFrom: number
  /** Dimensions the public may filter and break down by. */
  opened: readonly Dimension[]
  members: Readonly<Partial<Record<Dimension, readonly Member[]>>>
  /** By category, in seconds by the clock; null when there is none, or it is counted in working time. */
  targets?: Readonly<Record<string, { onTime: number | null; respond: number | null }>>
  /** Where the series of measures break, in the journal's order. */
  breaks: readonly Break[]
  edition: number
}
