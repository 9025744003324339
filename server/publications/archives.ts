import type { ClockMode } from '../cube/clock.ts'
import type { Calendar } from '../cube/calendar.ts'
import type { Db } from '../db/connect.ts'
import { Archive } from './archive.ts'
import { closedSince } from './closed-since.ts'
import { nextDate, windowsDue } from './due.ts'
import { publishWindows, type Stand } from './publish.ts'
import { lockPublications } from './queries.ts'
import { scopeOf, type Subject } from './subjects.ts'

interface Terms {
  calendar: Calendar
  clock: ClockMode
  /** Nothing that begins before this UTC minute is published. */
  since: number
  stand: () => Stand
}

/** Publishes what is due, a midnight of a subject in each transaction. */
export class Archives {
  readonly #db: Db
  readonly #byScope = new Map<string, Archive>()

  constructor(db: Db) {
    this.#db = db
  }

  /** The first local date on which something of the subject may be due. */
  async nextDate(subject: Subject, terms: Terms): Promise<string> {
    const archive = this.#archiveOf(subject)
    await archive.catchUp(this.#db, subject, terms.stand().directory)
    const since = await this.#since(subject, terms)
    return since === Infinity ? NEVER : nextDate({ archive, subject, since }, terms.calendar)
  }

  /** Publishes the windows that end on a date and are not published yet; answers how many. */
  async publishOn(date: string, subject: Subject, terms: Terms): Promise<number> {
    const archive = this.#archiveOf(subject)
    try {
      return await this.#db.transaction().execute(async (trx) => {
        await lockPublications(trx)
        await archive.catchUp(trx, subject, terms.stand().directory)
        const since = await this.#since(subject, terms)
        const windows = windowsDue({ archive, subject, since }, date, terms.calendar)
        const { stand } = terms
        if (windows.length > 0) await publishWindows(trx, { archive, subject, windows, stand })
        return windows.length
      })
    } catch (error) {
      // It may know what was not stored.
      this.#byScope.delete(scopeOf(subject))
      throw error
    }
  }

  async #since({ kind, dimension }: Subject, { clock, since }: Terms): Promise<number> {
    if (kind === 'surveys' || dimension === null) return since
    return Math.max(since, await closedSince(this.#db, dimension, clock))
  }

  #archiveOf(subject: Subject): Archive {
    const scope = scopeOf(subject)
    const known = this.#byScope.get(scope)
    if (known && !known.isLong) return known
    const archive = new Archive()
    this.#byScope.set(scope, archive)
    return archive
  }
}

const NEVER = '9999-12-31'
