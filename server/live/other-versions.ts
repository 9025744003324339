import type { Logger } from 'pino'
import { contributionsVersion } from '#shared/measures/contributions.ts'
import type { JournalRow } from '../journal/queries.ts'

/**
 * The least time between two readings of the facts that another version of the program makes needed,
 * each of whose batches would ask for one; longer when a reading takes long.
 */
const RELOAD = { every: 5000, timesTaken: 4 }
/** A version of the contributions that wrote so lately is still running, or was a moment ago. */
const LATELY = 60_000

export type ReloadPace = typeof RELOAD

/** Programs that write the same journal by other contributions: what they wrote means nothing here. */
export class OtherVersions {
  readonly #log: Logger
  readonly #pace: ReloadPace
  #last: { version: number; at: number } | undefined
  #loaded = { at: -Infinity, took: 0 }

  constructor(log: Logger, pace?: ReloadPace) {
    this.#log = log
    this.#pace = { ...RELOAD, ...pace }
  }

  /** That wrote in the last minute. */
  get current(): number | undefined {
    const isLate = this.#last && performance.now() - this.#last.at < LATELY
    return isLate ? this.#last!.version : undefined
  }

  /** The first row of which only the facts tell what it means. */
  rowIn(rows: readonly JournalRow[]): JournalRow | undefined {
    return rows.find((row) => row.contributions !== contributionsVersion)
  }

  /** Notes who wrote the row. True when it is time to read the facts again. */
  note({ contributions }: JournalRow): boolean {
    if (this.current !== contributions) this.#warnOf(contributions)
    this.#last = { version: contributions, at: performance.now() }
    const { every, timesTaken } = this.#pace
    const { at, took } = this.#loaded
    return performance.now() - at >= Math.max(every, timesTaken * took)
  }

  /** The facts have been read again, in so many milliseconds. */
  loaded(took: number): void {
    this.#loaded = { at: performance.now(), took }
  }

  #warnOf(contributions: number): void {
    const isNewer = contributions > contributionsVersion
    this.#log.warn(
      { contributions, mine: contributionsVersion },
      `a${isNewer ? ' newer' : 'n older'} version of the program writes to this database`,
    )
  }
}
