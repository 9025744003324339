import { setImmediate as nextTurn } from 'node:timers/promises'
import { areAlike } from '#shared/consultations/grouping/alike.ts'
import { BANDS } from '#shared/consultations/grouping/bands.ts'
import { Groups } from '#shared/consultations/grouping/groups.ts'
import { plainText } from '#shared/consultations/grouping/plain-text.ts'
import { type Sketch, sketchOf } from '#shared/consultations/grouping/sketch.ts'
import { shinglesOf } from '#shared/consultations/grouping/shingles.ts'
import type { Db } from '../db/connect.ts'
import { mergedGroups } from './groups.ts'
import { hashOf, saidIn, textsOfWordings, wordingsAfter, wordingsById } from './wordings.ts'

/** Wordings that are read at once when a consultation is looked at for the first time. */
const PAGE = 20_000
/**
 * Texts held at once: 1.3 GB, where the drafts of a whole national portal are being written to. Of a consultation that
 * was not written to for longest they are read again when it is.
 */
const HELD = 4_000_000
/** Shingles that are kept of wordings that were met before: 16 MB. */
const KEPT = 4_000_000
/** Milliseconds after which others get a turn. */
const TURN = 8

/** A wording that came, and its group; `joined` are groups that have become one with it. */
export interface Found {
  id: number
  sketch: Sketch
  group: number
  joined: { from: number; into: number }[]
}

interface Held {
  groups: Groups
  /** Of the wordings, in ascending order: by their place in `groups`. */
  ids: number[]
  /** Another process may have added to them since. */
  isOld: boolean
}

/** The wordings of consultations that are being written to, in memory: see `Groups` for what they take. */
export class Near {
  readonly #most: number
  readonly #held = new Map<number, Held>()
  readonly #shingles = new Map<number, Uint32Array>()
  #kept = 0
  #seq: number | undefined

  /** Never less than those of one consultation. */
  constructor(most = HELD) {
    this.#most = most
  }

  /** When another process has gone on from where this one was, what it did is read first. */
  begin(seq: number): void {
    if (this.#seq === seq) return
    for (const held of this.#held.values()) held.isOld = true
  }

  end(seq: number): void {
    this.#seq = seq
  }

  /** After a transaction that failed: it holds what was never written. */
  forget(): void {
    this.#held.clear()
    this.#seq = undefined
  }

  /** Finds the groups of new wordings of a consultation, in the order of their ids. */
  async add(
    db: Db,
    consultation: number,
    fresh: readonly { id: number; plain: string }[],
  ): Promise<Found[]> {
    const held = await this.#hold(db, consultation)
    const before = held.groups.size
    const sketches = await inTurns(fresh, ({ plain }) => sketchOf(plain))
    const met = sketches.flatMap(({ bands }) => held.groups.meeting(bands))
    const known = await this.#shinglesOf(
      db,
      [...new Set(met)].map((text) => held.ids[text]!),
    )
    const grouping = new Grouping(held, { before, sketches, known })
    await inTurns(fresh, ({ id }, place) => grouping.add(id, place))
    return grouping.found()
  }

  async #hold(db: Db, consultation: number): Promise<Held> {
    const held = this.#held.get(consultation) ?? { groups: new Groups(), ids: [], isOld: true }
    if (held.isOld) await readOn(db, consultation, held)
    this.#held.delete(consultation)
    this.#held.set(consultation, held)
    this.#letGo()
    return held
  }

  #letGo(): void {
    let texts = this.#held.values().reduce((sum, { groups }) => sum + groups.size, 0)
    for (const [oldest, { groups }] of this.#held) {
      if (texts <= this.#most || this.#held.size === 1) return
      this.#held.delete(oldest)
      texts -= groups.size
    }
  }

  /** Of a wording that nobody says any more nothing is known: it joins no others. */
  async #shinglesOf(db: Db, ids: readonly number[]): Promise<Map<number, Uint32Array>> {
    const missing = ids.filter((id) => !this.#shingles.has(id))
    const read = missing.length > 0 ? await readShingles(db, missing) : []
    const found = new Map(ids.flatMap((id) => this.#recall(id)))
    for (const [id, shingles] of read) {
      found.set(id, shingles)
      this.#keep(id, shingles)
    }
    return found
  }

  #recall(id: number): [number, Uint32Array][] {
    const shingles = this.#shingles.get(id)
    if (!shingles) return []
    this.#shingles.delete(id)
    this.#shingles.set(id, shingles)
    return [[id, shingles]]
  }

  #keep(id: number, shingles: Uint32Array): void {
    this.#shingles.set(id, shingles)
    this.#kept += shingles.length
    for (const [oldest, { length }] of this.#shingles) {
      if (this.#kept <= KEPT) return
      this.#shingles.delete(oldest)
      this.#kept -= length
    }
  }
}

interface Batch {
  /** Texts that were there before. */
  before: number
  sketches: readonly Sketch[]
  /** By the id of the wording. */
  known: ReadonlyMap<number, Uint32Array>
}

/** One batch of wordings on its way into the groups of a consultation. */
class Grouping {
  readonly #held: Held
  readonly #batch: Batch
  readonly #joinedAt: Set<number>[] = []

  constructor(held: Held, batch: Batch) {
    this.#held = held
    this.#batch = batch
  }

  add(id: number, place: number): void {
    const { groups, ids } = this.#held
    const { bands, shingles } = this.#batch.sketches[place]!
    const joined = new Set<number>()
    ids.push(id)
    groups.add(bands, (met) => {
      const other = this.#shinglesOf(met)
      if (!other || !areAlike(shingles, other)) return false
      joined.add(groups.firstOf(met))
      return true
    })
    this.#joinedAt.push(joined)
  }

  #shinglesOf(text: number): Uint32Array | undefined {
    const { before, sketches, known } = this.#batch
    return text < before ? known.get(this.#held.ids[text]!) : sketches[text - before]!.shingles
  }

  /** A group that is new in this batch was none before it: only older ones are told to have joined. */
  found(): Found[] {
    const { groups, ids } = this.#held
    const { before, sketches } = this.#batch
    return sketches.map((sketch, place) => ({
      id: ids[before + place]!,
      sketch,
      group: ids[groups.firstOf(before + place)]!,
      joined: [...this.#joinedAt[place]!]
        .filter((first) => first < before && groups.firstOf(first) !== first)
        .map((first) => ({ from: ids[first]!, into: ids[groups.firstOf(first)]! })),
    }))
  }
}

async function readOn(db: Db, consultation: number, held: Held): Promise<void> {
  const { groups, ids } = held
  for (let isMore = true; isMore;) {
    const page = await wordingsAfter(db, { consultation, after: ids.at(-1) ?? 0, limit: PAGE })
    await inTurns(page, ({ id, bands, group }) => {
      ids.push(id)
      groups.restore(bandsIn(bands), placeOf(ids, group))
    })
    isMore = page.length === PAGE
  }
  for (const { id, mergedInto } of await mergedGroups(db, consultation)) {
    groups.join(placeOf(ids, id), placeOf(ids, mergedInto))
  }
  held.isOld = false
}

/** Of an id that is among them. */
function placeOf(ids: readonly number[], id: number): number {
  let [from, to] = [0, ids.length - 1]
  while (from < to) {
    const middle = (from + to) >> 1
    if (ids[middle]! < id) from = middle + 1
    else to = middle
  }
  return from
}

/** As `insertWordings` is told them. */
export const bandsAsHex = (bands: Uint32Array): string => Buffer.from(bands.buffer).toString('hex')

function bandsIn(bytes: Buffer): Uint32Array {
  const bands = new Uint32Array(BANDS)
  Buffer.from(bands.buffer).set(bytes)
  return bands
}

async function readShingles(db: Db, ids: readonly number[]): Promise<[number, Uint32Array][]> {
  const hashes = new Map((await wordingsById(db, ids)).map(({ id, hash }) => [id, hash]))
  const found = new Map<number, Uint32Array>()
  await inTurns(await textsOfWordings(db, ids), (said) => {
    if (found.has(said.wording)) return
    const plain = plainText(saidIn(said))
    if (hashOf(plain) === hashes.get(said.wording)) found.set(said.wording, shinglesOf(plain))
  })
  return [...found]
}

/** Does something with each of many, and lets others have their turn between. */
export async function inTurns<T, Out>(
  all: readonly T[],
  make: (one: T, place: number) => Out,
): Promise<Out[]> {
  const made: Out[] = []
  let since = performance.now()
  for (const [place, one] of all.entries()) {
    made.push(make(one, place))
    if (performance.now() - since < TURN) continue
    await nextTurn()
    since = performance.now()
  }
  return made
}
