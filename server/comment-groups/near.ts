import { setImmediate as nextTurn } from 'node:timers/promises'
import { BANDS } from '#shared/consultations/grouping/bands.ts'
import { Groups } from '#shared/consultations/grouping/groups.ts'
import { plainText } from '#shared/consultations/grouping/plain-text.ts'
import { sketchOf } from '#shared/consultations/grouping/sketch.ts'
import { shinglesOf } from '#shared/consultations/grouping/shingles.ts'
import type { Db } from '../db/connect.ts'
import { mergedGroups } from './groups.ts'
import { type HeldWordings, type Joined, Joining } from './joining.ts'
import { saidIn, textsOfWordings, wordingsAfter } from './wordings.ts'

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

interface Said {
  id: number
  plain: string
}

/** What a batch came to say: wordings that are new, in the order of their ids, and others. */
export interface SaidNow {
  fresh: readonly Said[]
  again: readonly Said[]
}

interface Held extends HeldWordings {
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

  /**
   * Finds the groups of the wordings that a batch came to say about a consultation. Those that are not new are compared
   * again: others may have come while nobody said them, or while it was not known what they say.
   */
  async add(db: Db, consultation: number, { fresh, again }: SaidNow): Promise<Joined> {
    const held = await this.#hold(db, consultation)
    const { groups, ids } = held
    const sketches = await inTurns(fresh, ({ plain }) => sketchOf(plain))
    const texts = again.map(({ id }) => placeOf(ids, id))
    const others = await inTurns(texts, (text) => groups.meetingOthers(text))
    const met = new Set([
      ...sketches.flatMap(({ bands }) => groups.meeting(bands)),
      ...texts,
      ...others.flat(),
    ])
    const known = await this.#shinglesOf(
      db,
      [...met].map((text) => ids[text]!),
      new Map(again.map(({ id, plain }) => [id, plain])),
    )
    const joining = new Joining(held, { sketches, known })
    await inTurns(fresh, ({ id }, place) => joining.add(id, place))
    // Buckets list few texts of a group: those that are new may have met others of it alone.
    await inTurns(texts, (text) => joining.compare(text))
    return joining.joined()
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

  /** Of a wording that nobody says any more nothing is known once it is forgotten: it joins no others then. */
  async #shinglesOf(
    db: Db,
    ids: readonly number[],
    said: ReadonlyMap<number, string>,
  ): Promise<Map<number, Uint32Array>> {
    const found = new Map(ids.flatMap((id) => this.#recall(id)))
    const missing = ids.filter((id) => !found.has(id))
    const [heard, unheard] = [
      missing.filter((id) => said.has(id)),
      missing.filter((id) => !said.has(id)),
    ]
    const plain = [
      ...heard.map((id) => ({ id, plain: said.get(id)! })),
      ...(unheard.length > 0 ? await plainTexts(db, unheard) : []),
    ]
    await inTurns(plain, ({ id, plain }) => {
      const shingles = shinglesOf(plain)
      found.set(id, shingles)
      this.#keep(id, shingles)
    })
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

async function plainTexts(db: Db, ids: readonly number[]): Promise<Said[]> {
  const said = await textsOfWordings(db, ids)
  return said.map(({ wording, ...comment }) => ({ id: wording, plain: plainText(saidIn(comment)) }))
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
