import type { Logger } from 'pino'
import { z } from 'zod'
import { dimensions } from '#shared/ticket.ts'
import type { Filters } from '#shared/view.ts'
import type { StreamEvent, StreamPart } from '#shared/wire.ts'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import type { Engine } from '../live/engine.ts'
import { eyeOf } from '../tickets/eye.ts'
import type { MarkOf } from '../tickets/marks.ts'
import { type Eye, requireOpened, requireSingle } from '../tickets/public-ticket.ts'
import { eventsOf, type Happened, happenedOf } from './happened.ts'
import { batchesBetween, changesIn, fellDue } from './queries.ts'

/** Changes read of one tick, of the newest batches; more is an import, which nobody reads along. */
const MOST_CHANGES = 1000
/** Journal rows looked at for them. */
const MOST_BATCHES = 400
/** What is remembered for whoever comes. */
const REMEMBERED = 500
/** Events of a message, and of the first one. */
const IN_PART = 20
const IN_FIRST = 50
/** So far back the first follower is told what fell due. */
const LOOK_BACK = 60 * 60_000
/** Tickets become overdue also while nothing is told. */
const LOOK_EVERY = 1000
/** Different sets of filters that are followed at once. */
const MOST_ROOMS = 500

const codes = z.array(z.string().min(1).max(200)).min(1).max(100)
const StreamFilters = z.strictObject(
  Object.fromEntries(dimensions.map((dimension) => [dimension, codes.optional()])),
) as z.ZodType<Filters>

interface Room {
  filters: Filters
  followers: number
}

interface Options {
  db: Db
  engine: Engine
  markOf: MarkOf
  log: Logger
}

/**
 * Single tickets as things happen to them, for whoever follows: read from what the journal's batches
 * changed and from the clock, once for all, and only while somebody follows. What is remembered is not
 * yet what the public may see: that is decided when it is told, by the policy of that moment.
 */
export class Stream {
  readonly #options: Options
  readonly #rooms = new Map<string, Room>()
  /** The newest first. */
  #remembered: Happened[] = []
  /** All up to here is remembered or told; undefined while nobody follows. */
  #at: { seq: number; asOf: number } | undefined
  #looking: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined
  /** Called with what is new for a room. */
  onPart: (room: string, part: StreamPart) => void = () => {}

  constructor(options: Options) {
    this.#options = options
  }

  /** The room of those who follow so. Throws an HttpError or a ZodError. */
  roomOf(filters: unknown): string {
    const told = StreamFilters.parse(filters)
    this.#requireAllowed(told)
    const narrowed = dimensions
      .filter((dimension) => told[dimension])
      .map((dimension) => [dimension, [...new Set(told[dimension])].sort()])
    return JSON.stringify(Object.fromEntries(narrowed))
  }

  /** Resolves when the room's first message can be told. `leave` it as often, also when this rejects. */
  async enter(name: string): Promise<void> {
    const room = this.#rooms.get(name)
    if (room) room.followers++
    else {
      if (this.#rooms.size >= MOST_ROOMS) throw new HttpError(503, FULL)
      this.#rooms.set(name, { filters: JSON.parse(name) as Filters, followers: 1 })
    }
    this.#timer ??= setInterval(() => this.look(), LOOK_EVERY)
    // What is being read may be for those who have left, and is dropped.
    while (!this.#at && this.#rooms.size > 0) await this.#look()
  }

  leave(name: string): void {
    const room = this.#rooms.get(name)
    if (!room || --room.followers > 0) return
    this.#rooms.delete(name)
    if (this.#rooms.size > 0) return
    this.#stopLooking()
    this.#at = undefined
    this.#remembered = []
  }

  /** What happened last, for one who begins to follow. */
  firstPart(name: string): StreamPart {
    const events: StreamEvent[] = []
    const isKept = this.#filterOf(JSON.parse(name) as Filters)
    const eye = this.#eye
    for (const happened of this.#remembered) {
      if (events.length >= IN_FIRST) break
      if (isKept(happened)) events.push(...eventsOf(happened, eye))
    }
    const at = this.#at?.seq ?? this.#options.engine.at[0]
    return { at, events: events.slice(0, IN_FIRST), more: 0, isFirst: true }
  }

  /** False when a policy has closed what the room follows. */
  isAllowed(name: string): boolean {
    try {
      this.#requireAllowed(JSON.parse(name) as Filters)
      return true
    } catch {
      return false
    }
  }

  /** After a tick: reads what is new and tells it. While it reads, further ticks are awaited together. */
  look(): void {
    if (this.#rooms.size === 0 || this.#looking) return
    this.#look().catch((error: unknown) =>
      this.#options.log.error({ err: error }, 'cannot read what happened to tickets'),
    )
  }

  async close(): Promise<void> {
    this.#rooms.clear()
    this.#stopLooking()
    await this.#looking?.catch(() => {})
  }

  #stopLooking(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  #look(): Promise<void> {
    this.#looking ??= this.#readOn().finally(() => (this.#looking = undefined))
    return this.#looking
  }

  async #readOn(): Promise<void> {
    const { engine } = this.#options
    const [seq] = engine.at
    const { asOf } = engine
    const before = this.#at
    const goesOn = before !== undefined && before.seq <= seq
    const from = goesOn ? before : { seq: 0, asOf: asOf - LOOK_BACK }
    const fresh = await this.#happenedSince(from, { seq, asOf })
    // All may have left meanwhile, and others come: what they are told begins anew.
    if (this.#rooms.size === 0 || this.#at !== before) return
    const isFirst = before === undefined
    this.#at = { seq, asOf }
    this.#remembered = [...fresh, ...(goesOn ? this.#remembered : [])].slice(0, REMEMBERED)
    if (!isFirst && fresh.length > 0) this.#tell(fresh, seq)
  }

  async #happenedSince(
    from: { seq: number; asOf: number },
    to: { seq: number; asOf: number },
  ): Promise<Happened[]> {
    const { db, engine } = this.#options
    const limit = MOST_BATCHES
    const told =
      to.seq > from.seq ? await batchesBetween(db, { after: from.seq, upTo: to.seq, limit }) : []
    const batches = newest(told)
    const changes =
      batches.length > 0
        ? await changesIn(
            db,
            batches.map(({ batch }) => batch),
          )
        : []
    const due = await fellDue(db, { from: from.asOf, to: to.asOf, limit: REMEMBERED })
    return happenedOf({ batches, changes, due }, engine.clock)
  }

  #tell(fresh: readonly Happened[], at: number): void {
    const eye = this.#eye
    const told = fresh.map((one) => ({ ...one, events: eventsOf(one, eye) }))
    for (const [name, { filters }] of this.#rooms) {
      if (!this.isAllowed(name)) continue
      const isKept = this.#filterOf(filters)
      const events = told.flatMap((one) => (isKept(one) ? one.events : []))
      if (events.length === 0) continue
      const more = Math.max(0, events.length - IN_PART)
      this.onPart(name, { at, events: events.slice(0, IN_PART), more })
    }
  }

  get #eye(): Eye {
    return eyeOf(this.#options.engine, this.#options.markOf)
  }

  /** Also what leaves the choice is told to those who follow it. */
  #filterOf(filters: Filters): (happened: Happened) => boolean {
    const { directory } = this.#options.engine.terms
    const kept = dimensions
      .filter((dimension) => filters[dimension])
      .map((dimension) => {
        const ids = filters[dimension]!.map((code) => directory.find(dimension, code))
        return { dimension, ids: new Set(ids) }
      })
    const isKept = (row: Happened['after']) =>
      kept.every(({ dimension, ids }) => ids.has(directory.rootOf(row[dimension])))
    return ({ after, before }) => isKept(after) || (before !== undefined && isKept(before))
  }

  #requireAllowed(filters: Filters): void {
    const { policy, directory } = this.#options.engine.terms
    const { opened } = policy.policy
    requireSingle({ opened })
    for (const dimension of dimensions) {
      if (!filters[dimension]) continue
      requireOpened(dimension, { opened, path: dimension })
      const unknown = filters[dimension].find(
        (code) => directory.find(dimension, code) === undefined,
      )
      if (unknown === undefined) continue
      const why = `There is no ${dimension} called ${unknown}.`
      throw new HttpError(400, why, { path: dimension })
    }
  }
}

const FULL = `This server streams ${MOST_ROOMS} different choices of tickets, and all are taken.`

/** So many of the newest batches as hold the changes that are read. */
function newest<T extends { events: number }>(batches: readonly T[]): T[] {
  let events = 0
  return batches.filter((batch) => (events += batch.events) - batch.events < MOST_CHANGES)
}
