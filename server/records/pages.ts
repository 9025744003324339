import type { RecordPage } from '#shared/records.ts'
import { type Frame, frameOf } from '../live/frame.ts'
import type { Terms } from '../live/terms.ts'
import type { Db } from '../db/connect.ts'
import { actsBetween } from './queries.ts'
import { inPublic, recordsOf } from './told.ts'

/** Records of a page: about 150 kB. */
const PAGE = 500
/** Pages read at once, however many come back at the same moment. */
const AT_ONCE = 2
/** Pages kept for those who ask for the same, and for how many milliseconds. */
const KEPT = 20
const KEPT_FOR = 5000

export interface Page {
  frame: Frame
  /** Of its last record; where it has none, the seq after which it begins. */
  seq: number
}

interface Options {
  db: Db
  terms: () => Terms
}

/** Pages of the past, read and encoded once for all who miss the same. */
export class Pages {
  readonly #options: Options
  readonly #kept = new Map<string, Promise<Page>>()
  readonly #line: (() => void)[] = []
  #running = 0

  constructor(options: Options) {
    this.#options = options
  }

  /** All up to `upTo` is there to be read. */
  read = (after: number, upTo: number): Promise<Page> => {
    const key = `${after} ${upTo}`
    const kept = this.#kept.get(key)
    if (kept) return kept
    const page = this.#inTurn(() => this.#make(after, upTo))
    this.#keep(key, page)
    return page
  }

  clear(): void {
    this.#kept.clear()
  }

  #keep(key: string, page: Promise<Page>): void {
    if (this.#kept.size >= KEPT) this.#kept.delete(this.#kept.keys().next().value!)
    this.#kept.set(key, page)
    const forget = () => this.#kept.get(key) === page && this.#kept.delete(key)
    page.catch(forget)
    setTimeout(forget, KEPT_FOR).unref()
  }

  async #inTurn<T>(task: () => Promise<T>): Promise<T> {
    if (this.#running < AT_ONCE) this.#running++
    else await new Promise<void>((resolve) => this.#line.push(resolve))
    try {
      return await task()
    } finally {
      const next = this.#line.shift()
      if (next) next()
      else this.#running--
    }
  }

  async #make(after: number, upTo: number): Promise<Page> {
    const { db, terms } = this.#options
    const found = await actsBetween(db, { after, upTo, limit: PAGE + 1 })
    const acts = found.slice(0, PAGE)
    const more = found.length > PAGE
    const records = recordsOf(acts, after, inPublic(terms()))
    const page: RecordPage = { after, records, more }
    return { frame: frameOf('records', page), seq: acts.at(-1)?.seq ?? after }
  }
}
