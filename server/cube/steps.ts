import type { TimeBreakdown } from '#shared/view.ts'
import type { Calendar } from './calendar.ts'
import { isoMinute, type Window } from './window.ts'

/** A minute, hour or day of a window, with its number in order of time. */
export interface Step {
  number: number
  start: number
  end: number
  /** Its start as a key says it. */
  text: string
}

/** The steps that a window touches, as it moves on. */
export class Steps {
  readonly #unit: TimeBreakdown
  readonly #calendar: Calendar
  readonly #byStart = new Map<number, Step>()
  /** In order of time. */
  readonly list: Step[] = []
  #next: Pick<Step, 'number' | 'start'> | undefined
  /** The last that was asked for: the next contribution is most often of the same. */
  #here: Step | undefined

  constructor(unit: TimeBreakdown, calendar: Calendar) {
    this.#unit = unit
    this.#calendar = calendar
  }

  /** Answers what lies before the window now, and what has come into it. */
  fit(window: Window): { gone: Step[]; begun: Step[] } {
    this.#here = undefined
    const first = this.#calendar.binOf(this.#unit, window.start)
    const kept = this.list.findIndex(({ start }) => start >= first)
    const gone = this.list.splice(0, kept < 0 ? this.list.length : kept)
    for (const { start } of gone) this.#byStart.delete(start)
    const begun = [...this.#begin(first, window.end)]
    this.list.push(...begun)
    return { gone, begun }
  }

  /** The one that holds a minute of the window. */
  of(minute: number): Step {
    const here = this.#here
    if (here && minute >= here.start && minute < here.end) return here
    return (this.#here = this.#byStart.get(this.#calendar.binOf(this.#unit, minute))!)
  }

  *#begin(first: number, until: number): Iterable<Step> {
    let { number, start } = this.#next ?? { number: 0, start: first }
    while (start < until) {
      const end = this.#calendar.nextBin(this.#unit, start)
      const step = { number, start, end, text: isoMinute(start) }
      this.#byStart.set(start, step)
      yield step
      number++
      start = end
    }
    this.#next = { number, start }
  }
}
