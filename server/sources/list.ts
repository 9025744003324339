import { DAY, HOUR, MINUTE } from '#shared/time.ts'
import type { Source } from './queries.ts'
import { isSilent } from './silence.ts'

/** One line per source under a header; `now` is the database's clock. */
export function listSources(sources: readonly Source[], now: number): string[][] {
  const header = ['NAME', 'KIND', 'LAST HEARD', 'NEWEST EVENT', 'LAG', 'STATE']
  return [header, ...sources.map((source) => lineOf(source, now))]
}

function lineOf(source: Source, now: number): string[] {
  const { name, kind, heardAt, newestAt } = source
  return [
    name,
    kind,
    heardAt === null ? 'never' : isoOf(heardAt),
    newestAt === null ? '-' : isoOf(newestAt),
    newestAt === null ? '-' : lengthOf(now - newestAt),
    stateOf(source, now),
  ]
}

function stateOf(source: Source, now: number): string {
  if (source.disabledAt !== null) return 'disabled'
  if (source.heardAt === null) return 'not heard yet'
  return isSilent(source, now) ? 'silent' : 'live'
}

const isoOf = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`

/** A length of time in its largest unit. An event may be a little ahead of the database's clock. */
function lengthOf(time: number): string {
  const span = Math.max(0, time)
  if (span < 2 * MINUTE) return `${Math.round(span / 1000)} s`
  if (span < 2 * HOUR) return `${Math.round(span / MINUTE)} min`
  if (span < 2 * DAY) return `${Math.round(span / HOUR)} h`
  return `${Math.round(span / DAY)} d`
}
