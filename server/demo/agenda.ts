import { setImmediate as turn } from 'node:timers/promises'
import { HOUR } from '#shared/time.ts'
import { lives, sortByTime, type Told, toldIn } from './generate.ts'
import { LONGEST } from './life.ts'

/** How long the generator runs before others get their turn, in milliseconds. */
const AT_ONCE = 20

/** What is still to be told, in order of time. */
export interface Agenda {
  /** How much of what was past when it was made is told, from 0 to 1. */
  readonly pastTold: number
  /** Up to `limit` steps that are due, again and again until they are done. */
  due(now: number, limit: number): readonly Told[]
  /** The first `count` steps have been told. */
  done(count: number): void
}

interface Extent {
  /** Lives that ended before are left out. */
  since: number
  /** Steps before were told; −Infinity when nothing was. */
  from: number
  now: number
}

/**
 * What is past already is told as it stands now, one step a ticket: an event carries the whole state,
 * so that what came before is not missed.
 */
export async function agendaFrom(seed: number, { since, from, now }: Extent): Promise<Agenda> {
  const past: Told[] = []
  const ahead: Told[] = []
  let known = Math.ceil(now / HOUR) * HOUR
  let pausedAt = performance.now()
  for (const life of lives(seed, { from: since - LONGEST, to: known, since })) {
    const next = life.steps.findIndex(({ at }) => at >= now)
    const index = (next < 0 ? life.steps.length : next) - 1
    const at = life.steps[index]?.at
    if (at !== undefined && at >= from) {
      past.push({ at, source: life.source, birth: life.birth, index })
    }
    if (next >= 0) ahead.push(...toldIn(life, now, Infinity))
    if (performance.now() - pausedAt < AT_ONCE) continue
    await turn()
    pausedAt = performance.now()
  }
  let steps = [...sortByTime(past), ...sortByTime(ahead)]

  function lookAhead(until: number): void {
    if (until < known) return
    const born = [...lives(seed, { from: known, to: until + 1 })]
    known = Math.ceil((until + 1) / HOUR) * HOUR
    steps = sortByTime([...steps, ...born.flatMap((life) => toldIn(life, 0, Infinity))])
  }

  let told = 0

  return {
    get pastTold() {
      return past.length === 0 ? 1 : Math.min(1, told / past.length)
    },
    due(now, limit) {
      lookAhead(now)
      const end = steps.findIndex(({ at }, index) => index === limit || at > now)
      return steps.slice(0, end < 0 ? limit : end)
    },
    done(count) {
      steps.splice(0, count)
      told += count
    },
  }
}
