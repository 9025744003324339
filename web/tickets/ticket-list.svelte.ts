import type { TicketGroups, TicketList as Answer } from '#shared/tickets.ts'
import { mostRows } from '#shared/tickets.ts'
import type { StreamPart } from '#shared/wire.ts'
import { lookWhileSeen } from '../live/look-while-seen.ts'
import { ask, type Refused } from './ask.ts'
import { HeardTickets } from './heard-tickets.ts'
import { Insistence } from './insistence.svelte.ts'
import { countPath, rowsPath } from './list-paths.ts'
import { readAgain } from './read-again.ts'
import { type Row, rowOf } from './row.ts'
import { type RowsPage, TicketRows } from './ticket-rows.ts'
import type { Span } from './windowing.ts'

/** Rows are asked for before they are scrolled to. */
const AHEAD = mostRows
/** Drawn as still to come where it is not known how many do. */
const UNKNOWN = 40
/** More rows no list holds: browsers draw no page so high. */
const MOST = 250_000
/** What happens is looked at so often at most, in milliseconds. */
const LOOK = 1000
/** Rows that wait above the list; of more the list is asked anew. */
const MOST_WAITING = 1000

/** The last list, for the reader who comes back from one of its tickets. */
let last: { query: string; rows: TicketRows; counted: number | undefined } | undefined

interface Options {
  /** The rows that are drawn now. */
  drawn: () => Span
  /** The list is at its top, and nothing in it is pointed at or focused. */
  isUntouched: () => boolean
}

/** The rows of one question at a time, as far as one has scrolled, kept as the tickets stand now. */
export class TicketList {
  #rows = $state.raw<TicketRows>()
  /** Raised with each change of the rows, which change in place. */
  #edition = $state(0)
  #counted = $state.raw<number>()
  readonly #server = new Insistence()
  readonly #heard = new HeardTickets()
  readonly #options: Options
  #query: string | undefined
  #asking = new AbortController()
  #isReading = false
  #wanted = 0

  constructor(options: Options) {
    this.#options = options
  }

  get isAsking(): boolean {
    return this.#rows === undefined && this.refusal === undefined
  }

  /** Why the server does not answer this question, in its own words. */
  get refusal(): Refused | undefined {
    return this.#server.refusal
  }

  /** The last request was not answered; it is made again. */
  get isFailing(): boolean {
    return this.#server.isFailing
  }

  /** Tickets of the whole list; undefined until it is counted. */
  get total(): number | undefined {
    void this.#edition
    if (this.#rows?.next === null) return this.#rows.length
    return this.#counted === undefined ? undefined : Math.max(this.#counted, this.#length)
  }

  /** Rows there is place for: the scrollbar is true as soon as the total is known. */
  get count(): number {
    if (!this.#rows) return this.refusal ? 0 : UNKNOWN
    return Math.min(MOST, this.total ?? this.#length + UNKNOWN)
  }

  /** The list ends before its tickets do. */
  get isCut(): boolean {
    return (this.total ?? this.#length) > MOST
  }

  /** Tickets that came to stand above and wait to be shown. */
  get waiting(): { count: number; isMore: boolean } {
    void this.#edition
    const above = this.#rows?.above
    return { count: above?.rows.length ?? 0, isMore: above?.isMore ?? false }
  }

  get #length(): number {
    void this.#edition
    return this.#rows?.length ?? 0
  }

  /** Undefined while it is not here yet. */
  row(index: number): Row | undefined {
    void this.#edition
    return this.#rows?.at(index)
  }

  /** Starts a question: the API's query. The same one again asks for it anew. */
  ask(query: string): void {
    this.#stop()
    this.#query = query
    this.#rows = this.#counted = undefined
    this.#server.startAnew()
    this.#heard.forget()
    this.#wanted = 0
    if (last?.query === query) this.#takeUp(last)
    else void this.#begin(this.#asking.signal)
  }

  /** Rows up to this one are looked at. */
  want(index: number): void {
    this.#wanted = index
    void this.#readOn(this.#asking.signal)
  }

  /** Puts what waits on top. */
  show(): void {
    if (!this.#rows) return
    if (this.#rows.above.isMore) return this.#startAnew()
    this.#add(this.#rows.insert())
  }

  heard(part: StreamPart): void {
    this.#heard.hear(part)
  }

  /** Looks after what was heard, once a second while the page is seen, for the life of a component; answers how to stop. */
  open(): () => void {
    const stop = lookWhileSeen(() => void this.#look(this.#asking.signal), LOOK)
    return () => {
      stop()
      this.#stop()
    }
  }

  #stop(): void {
    this.#asking.abort()
    this.#asking = new AbortController()
    this.#isReading = false
  }

  #startAnew(): void {
    last = undefined
    if (this.#query !== undefined) this.ask(this.#query)
  }

  #takeUp({ rows, counted }: NonNullable<typeof last>): void {
    this.#rows = rows
    this.#counted = counted
    this.#heard.doubtAll()
  }

  #add(count: number): void {
    if (this.#counted !== undefined) this.#counted += count
    if (last && last.rows === this.#rows) last.counted = this.#counted
    this.#edition++
  }

  async #begin(signal: AbortSignal): Promise<void> {
    const answer = await this.#server.ask<Answer>(rowsPath(this.#query!), signal)
    if (!answer) return
    this.#rows = new TicketRows(this.#pageOf(answer))
    this.#counted = answer.total
    last = { query: this.#query!, rows: this.#rows, counted: answer.total }
    if (answer.total === undefined && answer.next !== null) await this.#count(signal)
    await this.#readOn(signal)
  }

  /** Where the list does not know its length, groups are counted; a refusal leaves it unknown. */
  async #count(signal: AbortSignal): Promise<void> {
    const groups = await ask<TicketGroups>(countPath(this.#query!), signal).catch(() => undefined)
    if (!groups || signal.aborted) return
    this.#counted = groups.total
    if (last && last.rows === this.#rows) last.counted = groups.total
  }

  async #readOn(signal: AbortSignal): Promise<void> {
    if (this.#isReading) return
    this.#isReading = true
    while (!signal.aborted && this.#isShort()) {
      const rows = this.#rows!
      const after = `after=${encodeURIComponent(rows.next!)}`
      const answer = await this.#server.ask<Answer>(rowsPath(this.#query!, after), signal)
      if (!answer) return
      rows.append(this.#pageOf(answer))
      this.#edition++
    }
    if (!signal.aborted) this.#isReading = false
  }

  #isShort(): boolean {
    const rows = this.#rows
    if (!rows || rows.next === null) return false
    return rows.length < Math.min(MOST, this.#wanted + AHEAD)
  }

  async #look(signal: AbortSignal): Promise<void> {
    if (!this.#rows || this.isFailing) return
    try {
      if (this.#heard.hasNews) await this.#lookAbove(this.#rows, signal)
      const [drawn, heard] = [this.#options.drawn(), this.#heard]
      await readAgain(this.#rows, { drawn, heard, signal, tell: () => this.#edition++ })
    } catch {
      // What was heard is looked at again a second later.
      this.#heard.hasNews = true
    }
  }

  async #lookAbove(rows: TicketRows, signal: AbortSignal): Promise<void> {
    this.#heard.hasNews = false
    if (rows.first === null) return this.#startAnew()
    const before = `before=${encodeURIComponent(rows.first)}`
    const answer = await ask<Answer>(rowsPath(this.#query!, before), signal)
    if (signal.aborted || answer.rows.length === 0) return
    rows.wait(this.#pageOf(answer))
    this.#heard.hasNews ||= answer.isMoreAbove === true && rows.above.rows.length < MOST_WAITING
    this.#edition++
    if (this.#options.isUntouched()) this.show()
  }

  #pageOf({ rows, first, next, isMoreAbove = false }: Answer): RowsPage {
    return { rows: rows.map((ticket) => rowOf(ticket, this.#heard.turn)), first, next, isMoreAbove }
  }
}
