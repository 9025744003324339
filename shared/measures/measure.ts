import type { Ages } from './ages.ts'
import type { Histogram } from './duration-bins.ts'
import type { Part } from './part.ts'
import type { Texts } from './text.ts'

/** When a measure counts: as it happened, at the minute a cohort is named by, or at an instant. */
export type Clock = 'flow' | 'cohort' | 'stock'

export type Judge = 'agency' | 'citizen' | 'both' | 'clock'

/** A difference of shares is told in points: 0.01 is one. */
export type Unit = 'tickets' | 'comments' | 'people' | 'provisions' | 'share' | 'points' | 'seconds'

/** Units in which something is counted: nothing of it is 0. */
export const isCount = (unit: Unit): boolean =>
  unit === 'tickets' || unit === 'comments' || unit === 'people' || unit === 'provisions'

/** A column a measure fills; `value` is the headline, the others are what it was made of. */
export interface Field {
  name: string
  unit: Unit
}

/** The summed parts of one row of a view. */
export interface Sums {
  sum(part: Part): number
  histogram(part: Part): Histogram
  /** Of a part that is known of the present alone; null for a past moment. */
  ages(part: Part): Ages | null
}

/** The one place where a measure is defined: what computes it, explains it and checks it reads this. */
export interface Measure {
  readonly id: string
  /** Raised when the formula changes; the series shows a break there. */
  readonly version: number
  readonly clock: Clock
  /** The table time the clock reads, e.g. `receivedAt`. */
  readonly countedAt: string
  /** Whose word it rests on: an agency's closes and answers, a citizen's reply, both, or times alone. */
  readonly judge: Judge
  /** Made of what single citizens answered: the public sees it only over whole days and many people. */
  readonly isSurvey?: true
  /** Without it, tickets: what is counted decides by which axes it is told (`axesOf`). */
  readonly of?: 'comments' | 'answers' | 'votes'
  readonly parts: readonly Part[]
  readonly fields: readonly Field[]
  /** One value per field; null where there is no denominator (I7). */
  compute(sums: Sums): (number | null)[]
  /** How `compute` makes its fields, in their names and signs; the card puts numbers in their place. */
  readonly formula: string
  readonly text: Texts
}

export type Definition = Pick<
  Measure,
  'id' | 'version' | 'clock' | 'countedAt' | 'judge' | 'isSurvey' | 'of' | 'text'
>

/** A measure that is the sum of one part. */
export function count(part: Part, definition: Definition): Measure {
  return {
    ...definition,
    parts: [part],
    fields: [{ name: 'value', unit: 'tickets' }],
    formula: 'value',
    compute: (sums) => [sums.sum(part)],
  }
}

/** A ratio of sums: never an average of ratios, and null without a denominator. */
export function rate(numerator: Part, denominator: Part, definition: Definition): Measure {
  return {
    ...definition,
    parts: [numerator, denominator],
    fields: [
      { name: 'value', unit: 'share' },
      { name: 'numerator', unit: 'tickets' },
      { name: 'n', unit: 'tickets' },
    ],
    formula: 'numerator ÷ n = value',
    compute(sums) {
      const n = sums.sum(denominator)
      const hits = sums.sum(numerator)
      return [n > 0 ? hits / n : null, hits, n]
    },
  }
}
