import type { DurableRecord, RecordPage, RecordPoint, Since } from '#shared/records.ts'
import { frameOf } from '../live/frame.ts'
import type { Reader } from '../live/reader.ts'
import type { Page } from './pages.ts'

interface Following {
  /** All records up to this one were handed over. */
  seq: number
  /** It is told nothing as it happens: it reads pages, or could not keep up and will. */
  isBehind: boolean
  isReading: boolean
}

interface Source {
  readPage: (after: number, upTo: number) => Promise<Page>
  isOurs: (since: Since) => Promise<boolean>
  onError: (error: unknown) => void
}

const ANEW = { records: [], more: false }

/**
 * Who follows records: each gets every record once and in order. Who is current is told what happens, all in
 * the same bytes; who is behind is sent pages as fast as it reads, and becomes current in the turn in which
 * there is nothing more to read: nothing happens in between.
 */
export class RecordFollowers {
  readonly #source: Source
  readonly #following = new Map<Reader, Following>()
  /** The newest record that was published here, and how far the journal was read for it. */
  #last: RecordPoint
  #upTo: number

  constructor(source: Source, { last, upTo }: { last: RecordPoint; upTo: number }) {
    this.#source = source
    this.#last = last
    this.#upTo = upTo
  }

  get last(): RecordPoint {
    return this.#last
  }

  get upTo(): number {
    return this.#upTo
  }

  /** Answers with the first page. Also when the reader followed before. Rejects when the database does. */
  async follow(reader: Reader, asked: Since): Promise<void> {
    const following = { seq: asked.since ?? 0, isBehind: true, isReading: true }
    const isOurs = await this.#source.isOurs(asked)
    if (reader.isGone) return
    if (!this.#following.has(reader)) this.#attend(reader)
    this.#following.set(reader, following)
    following.isReading = false
    if (asked.since === null || !isOurs) return this.#beginAnew(reader, !isOurs)
    await this.#readOn(reader, following, 'answer')
  }

  /** In the turn in which the journal is read up to there. */
  publish(records: readonly DurableRecord[], upTo: number): void {
    for (const record of records) {
      const frame = frameOf('record', record)
      for (const [reader, following] of this.#following) {
        if (following.isBehind || record.seq <= following.seq) continue
        if (reader.isFull()) following.isBehind = true
        else {
          reader.send(frame)
          following.seq = record.seq
        }
      }
      this.#last = { seq: record.seq, mark: record.mark }
    }
    this.#upTo = upTo
  }

  /** Reads on for those who can read again. */
  sort(): void {
    for (const [reader, following] of this.#following) this.#readWhenIdle(reader, following)
  }

  /** The past is another one: whoever follows begins where it ends now. */
  restart(last: RecordPoint, upTo: number): void {
    this.#last = last
    this.#upTo = upTo
    for (const reader of this.#following.keys()) {
      this.#following.set(reader, { seq: 0, isBehind: true, isReading: false })
      this.#beginAnew(reader, true)
    }
  }

  #attend(reader: Reader): void {
    reader.onGone(() => this.#following.delete(reader))
    reader.onIdle(() => {
      const following = this.#following.get(reader)
      if (following) this.#readWhenIdle(reader, following)
    })
  }

  #readWhenIdle(reader: Reader, following: Following): void {
    if (!following.isBehind || following.isReading || reader.isFull()) return
    this.#readOn(reader, following).catch(this.#source.onError)
  }

  #beginAnew(reader: Reader, isAnew: boolean): void {
    const start = this.#last
    const page: RecordPage = { after: start.seq, start, ...ANEW, ...(isAnew && { isAnew }) }
    this.#following.set(reader, { seq: start.seq, isBehind: false, isReading: false })
    reader.send(frameOf('records', page))
  }

  /** Sends page after page until there is no more, or the reader is full. A question is answered by one page at least. */
  async #readOn(reader: Reader, following: Following, why?: 'answer'): Promise<void> {
    following.isReading = true
    let isAnswer = why === 'answer'
    try {
      while (isAnswer || following.seq < this.#last.seq) {
        const page = await this.#source.readPage(following.seq, this.#upTo)
        // Meanwhile it may have gone, or asked for something else.
        if (this.#following.get(reader) !== following) return
        reader.send(page.frame)
        following.seq = page.seq
        isAnswer = false
        if (reader.isFull()) return
      }
      following.isBehind = false
    } finally {
      following.isReading = false
    }
  }
}
