import type { TicketEvent } from '#shared/events.ts'
import { HOUR } from '#shared/time.ts'
import { hourOf } from './hours.ts'
import { type Birth, type Life, lifeOf, lifeSince } from './life.ts'
import type { DemoSource } from './sources.ts'
import { eventAt } from './telling.ts'

/** A step of a life, to be told at its time. The life is not kept: it follows from its birth. */
export interface Told {
  at: number
  source: DemoSource
  birth: Birth
  /** Of the step; the version is one more. */
  index: number
}

interface Span {
  from: number
  to: number
  /** Lives that ended before are left out. */
  since?: number
}

/** The tickets received in the hours that touch [from, to). The same seed, the same tickets. */
export function* lives(seed: number, { from, to, since = -Infinity }: Span): Generator<Life> {
  for (let number = Math.floor(from / HOUR); number * HOUR < to; number++) {
    const hour = hourOf(seed, number)
    for (let ticket = 0; ticket < hour.all; ticket++) {
      const life = lifeSince(since, { hour, number: ticket })
      if (life) yield life
    }
  }
}

export function toldIn({ birth, source, steps }: Life, from: number, to: number): Told[] {
  return steps
    .map(({ at }, index) => ({ at, source, birth, index }))
    .filter(({ at }) => at >= from && at < to)
}

export function eventOf({ birth, index }: Told): TicketEvent {
  return eventAt(lifeOf(birth).steps, index)
}

/** Of two steps of one ticket at one instant the lower version comes first. */
export function sortByTime(told: Told[]): Told[] {
  return told.sort((a, b) => a.at - b.at || a.index - b.index)
}
