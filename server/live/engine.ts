import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { type At, NONE, type ViewChange, type ViewSpec } from '#shared/view.ts'
import { type ClockMode, endOfMinute, readClock } from '../cube/clock.ts'
import type { Cube } from '../cube/cube.ts'
import type { LiveView } from '../cube/live-view.ts'
import { loadCube } from '../cube/load.ts'
import { type Question, understand } from '../cube/question.ts'
import type { Db, Sql } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { membersIn, unpack } from '../journal/pack.ts'
import { type Head, journalAfter, journalHead, type JournalRow } from '../journal/queries.ts'
import { allSources, type Source } from '../sources/queries.ts'
import { KnownTime } from './known-time.ts'
import { OtherVersions, type ReloadPace } from './other-versions.ts'
import { paced, type Paced } from './paced.ts'
import { loadTerms, type Terms } from './terms.ts'
import { type Changes, freshView, isHeld, requireHeld, ViewPool } from './view-pool.ts'

/** Journal rows read at once. */
const PAGE = 200
/** The least time between two ticks, and the longest without a look at the journal. */
const PACE = { atMost: 500, every: 1000 }

/** All views have moved from one point to another; `changes` by the key of their question. */
export interface Tick {
  from: At
  at: At
  asOf: number
  changes: ReadonlyMap<string, ViewChange>
  /** Questions that can be answered no longer, by the same key. */
  lost: ReadonlySet<string>
  /** There may be acts among what was followed. */
  hasActs: boolean
}

export interface EngineOptions {
  db: Db
  sql: Sql
  log: Logger
  clock: ClockMode
  pace?: typeof PACE
  reload?: ReloadPace
  /** Called at the end of each tick, in the same turn: nothing moves between. */
  onTick?: (tick: Tick) => void
  /** The journal changed in a way that intake must know: names or policies. */
  onTerms?: () => Promise<void>
}

/**
 * A cube that follows the journal, and the views on it. Between two ticks nothing moves: what a view
 * shows is what the last tick left, for every reader alike.
 */
export class Engine {
  readonly #options: EngineOptions
  readonly #pool = new ViewPool()
  readonly #paced: Paced
  readonly #time = new KnownTime()
  readonly #others: OtherVersions
  #cube!: Cube
  #terms!: Terms
  #sources: Source[] = []
  #seq = 0
  #edition = 0
  /** A tick began and did not end: what the cube and the views hold may be half of it. */
  #isTorn = false
  #isToLearn = false
  #stopListening = async (): Promise<void> => {}

  private constructor(options: EngineOptions) {
    this.#options = options
    this.#others = new OtherVersions(options.log, options.reload)
    const onError = (error: unknown) =>
      options.log.error({ err: error }, 'cannot follow the journal')
    this.#paced = paced(() => this.#look(), { ...PACE, ...options.pace, onError })
  }

  /** Resolves when the cube is loaded and the journal followed. */
  static async start(options: EngineOptions): Promise<Engine> {
    const engine = new Engine(options)
    await engine.#load()
    const ring = () => engine.#paced.now()
    const { unlisten } = await options.sql.listen('journal', ring, ring)
    engine.#stopListening = unlisten
    return engine
  }

  get at(): At {
    return [this.#seq, this.#cube.minute]
  }

  /** Everything committed before this instant of the deployment's clock is counted. */
  get asOf(): number {
    return this.#time.asOf
  }

  /** The deployment's clock now; it goes on while the database is out of reach. */
  get now(): number {
    return this.#time.now
  }

  get databaseNow(): number {
    return this.#time.databaseNow
  }

  get sources(): readonly Source[] {
    return this.#sources
  }

  get terms(): Terms {
    return this.#terms
  }

  get cube(): Cube {
    return this.#cube
  }

  get clock(): ClockMode {
    return this.#options.clock
  }

  /** Changes whenever names, members or policies do. */
  get edition(): number {
    return this.#edition
  }

  /** The version of the contributions by which another program wrote to the journal in the last minute. */
  get otherVersion(): number | undefined {
    return this.#others.current
  }

  get viewCount(): number {
    return this.#pool.size
  }

  /** Contributions held in memory. */
  get contributionCount(): number {
    return this.#cube.length
  }

  understand(spec: ViewSpec): Question {
    return understand(spec, () => this.#terms)
  }

  /** True when the cube holds all that the question is about. */
  holds(question: Question): boolean {
    return isHeld(question, this.#cube)
  }

  /** Throws a 400 for a range that begins before what the cube holds, a 503 when all views are taken. */
  requireAnswerable(questions: readonly Question[]): void {
    for (const question of questions) requireHeld(question, this.#cube)
    this.#pool.requireSpace(questions)
  }

  /** The answer as of the last tick. */
  answer(question: Question): LiveView {
    return this.#pool.find(question.key) ?? freshView(question, this.#cube)
  }

  /** Keeps the answer current until it is released. */
  acquire(question: Question): LiveView {
    return this.#pool.acquire(question, this.#cube)
  }

  release(question: Question): void {
    this.#pool.release(question.key)
  }

  /** Resolves when all is here up to `at`, and every name in it is known; a 503 after 5 s. */
  async reached([seq, minute]: At): Promise<void> {
    for (let tries = 0; this.#seq < seq || this.#cube.minute < minute; tries++) {
      if (tries === 100)
        throw new HttpError(503, 'The journal is not followed just now. Ask again.')
      await delay(50)
    }
  }

  /**
   * Reads the names again as soon as the pace allows: one that only a version without effect has named stands
   * in no row of the journal.
   */
  learn(): void {
    this.#isToLearn = true
    this.#paced.now()
  }

  /** Looks at the journal as soon as the pace allows. */
  ring(): void {
    this.#paced.now()
  }

  async close(): Promise<void> {
    await this.#stopListening().catch(() => {})
    await this.#paced.stop()
  }

  async #load(): Promise<void> {
    const { db, sql, clock } = this.#options
    const startedAt = performance.now()
    const { cube, seq, asOf, databaseNow } = await loadCube(sql, clock)
    await this.#loadTerms()
    this.#sources = await allSources(db)
    this.#cube = cube
    this.#seq = seq
    this.#time.set(asOf, databaseNow)
    // Also when the facts are read again from a database whose clock is behind: no minute comes twice.
    cube.advance(Math.max(cube.minute, endOfMinute(this.#time.asOf)))
    this.#others.loaded(performance.now() - startedAt)
    this.#paced.now()
  }

  async #loadTerms(): Promise<void> {
    this.#terms = await loadTerms(this.#options.db)
    this.#edition++
  }

  /** Reads what the journal has and the cube has not; then all moves on in one turn. */
  async #look(): Promise<void> {
    const { db } = this.#options
    const head = await journalHead(db)
    this.#sources = await allSources(db)
    if (this.#isTorn) return this.#startOver('a tick failed half-way')
    if (head.seq < this.#seq) return this.#startOver('the journal is shorter than it was')
    let rows: JournalRow[]
    do {
      rows = await journalAfter(db, this.#seq, PAGE)
      const other = this.#others.rowIn(rows)
      if (other) return this.#followOther(other)
      const isAskedAgain = await this.#prepareTerms(rows)
      const clock = rows.length < PAGE ? head : undefined
      this.#tick({ rows, clock, isAskedAgain })
    } while (rows.length === PAGE)
  }

  /** What another version wrote means nothing here: only the facts tell. */
  async #followOther(row: JournalRow): Promise<void> {
    if (!this.#others.note(row)) return
    await this.#startOver('another version of the contributions writes the journal')
  }

  /** Recovery is start-up: the facts are read again, and every view is asked again. */
  async #startOver(reason: string): Promise<void> {
    this.#options.log.warn({ reason }, 'reading the facts again')
    const from = this.at
    await this.#load()
    this.#isTorn = true
    this.#emit(from, this.#askAgain(), true)
    this.#isTorn = false
  }

  /** Names must be known before rows are labelled. True when every question must be asked again. */
  async #prepareTerms(rows: readonly JournalRow[]): Promise<boolean> {
    const isChanged = rows.some(({ kind }) => changesTerms(kind))
    const isToLearn = this.#isToLearn
    this.#isToLearn = false
    if (isChanged || isToLearn || rows.some((row) => !this.#namesAll(row))) await this.#loadTerms()
    if (isChanged) await this.#options.onTerms?.()
    return isChanged
  }

  /** Each id is looked up: a lower one may be committed after a higher one. */
  #namesAll(row: JournalRow): boolean {
    const { directory } = this.#terms
    return [...membersIn(row.delta)].every((id) => id === 0 || directory.codeOf(id) !== NONE)
  }

  #tick({
    rows,
    clock,
    isAskedAgain,
  }: {
    rows: JournalRow[]
    clock: Head | undefined
    isAskedAgain: boolean
  }): void {
    const from = this.at
    this.#isTorn = true
    for (const row of rows) this.#apply(row)
    if (clock) {
      // Rows may be newer than the head that was read before them, and so may the newest event.
      const newestAt = rows.at(-1)?.newestAt ?? clock.newestAt
      this.#time.set(readClock(this.#options.clock, { now: clock.now, newestAt }), clock.now)
    }
    this.#cube.advance(Math.max(this.#cube.minute, endOfMinute(this.#time.asOf)))
    const [seq, minute] = this.at
    if (seq !== from[0] || minute !== from[1]) {
      const changes = isAskedAgain ? this.#askAgain() : this.#pool.takeChanges(this.#cube)
      this.#emit(
        from,
        changes,
        rows.some(({ kind }) => kind === 'act'),
      )
    }
    this.#isTorn = false
  }

  #apply(row: JournalRow): void {
    unpack(row.delta, (members, code, minute, n, bin) => {
      const combination = this.#cube.intern(members)
      this.#cube.add(code, minute, combination, n, bin)
      this.#pool.add(code, minute, combination, n, bin)
    })
    this.#seq = row.seq
  }

  #askAgain(): Changes {
    return this.#pool.askAgain((spec) => this.understand(spec), this.#cube)
  }

  #emit(from: At, changes: Changes, hasActs: boolean): void {
    this.#options.onTick?.({ from, at: this.at, asOf: this.#time.asOf, ...changes, hasActs })
  }
}

function changesTerms(kind: JournalRow['kind']): boolean {
  return kind === 'members' || kind === 'policy' || kind === 'definitions'
}
