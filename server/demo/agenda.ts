import { setImmediate as turn } from 'node:timers/promises'
import { HOUR } from '#shared/time.ts'
import { lives, sortByTime, stepsIn, type Told } from './generate.ts'
import { LONGEST } from './life.ts'

/** How long the generator runs before others get their turn, in milliseconds. */
const AT_ONCE = 20

/** What is still to be told, in order of time. */
export interface Agenda {
  /** Up to `limit` steps that are due, again and again until they are done. */
  due(now: number, limit: number): readonly Told[]
  /** The first `count` steps have been told. */
  done(count: number): void
}

/**
 * Everything from `from` on. What is past already is told as it stands now, one step a ticket: an
 * event carries the whole state, so that what came before is not missed.
 */
export async function agendaFrom(seed: number, from: number, now: number): Promise<Agenda> {
  const past: Told[] = []
  const ahead: Told[] = []
  let known = Math.ceil(now / HOUR) * HOUR
  let pausedAt = performance.now()
  for (const life of lives(seed, from - LONGEST, known)) {
    past.push(...stepsIn(life, from, now).slice(-1))
    ahead.push(...stepsIn(life, now, Infinity))
    if (performance.now() - pausedAt < AT_ONCE) continue
    await turn()
    pausedAt = performance.now()
  }
  let steps = [...sortByTime(past), ...sortByTime(ahead)]

  function lookAhead(until: number): void {
    if (until < known) return
    const born = [...lives(seed, known, until + 1)]
    known = Math.ceil((until + 1) / HOUR) * HOUR
    steps = sortByTime([...steps, ...born.flatMap((life) => stepsIn(life, 0, Infinity))])
  }

  return {
    due(now, limit) {
      lookAhead(now)
      const end = steps.findIndex(({ at }, index) => index === limit || at > now)
      return steps.slice(0, end < 0 ? limit : end)
    },
    done: (count) => void steps.splice(0, count),
  }
}
