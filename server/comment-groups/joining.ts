import { areAlike } from '#shared/consultations/grouping/alike.ts'
import type { Groups } from '#shared/consultations/grouping/groups.ts'
import type { Sketch } from '#shared/consultations/grouping/sketch.ts'

export interface HeldWordings {
  groups: Groups
  /** Of the wordings, in ascending order: by their place in `groups`. */
  ids: number[]
}

/** A new wording, and its group. */
export interface Found {
  id: number
  sketch: Sketch
  group: number
}

/** The new wordings, and groups that were there before and have become one. */
export interface Joined {
  found: Found[]
  merges: { from: number; into: number }[]
}

interface Batch {
  /** Of new wordings. */
  sketches: readonly Sketch[]
  /** Of others, by the id of the wording. */
  known: ReadonlyMap<number, Uint32Array>
}

/** One batch of wordings on its way into the groups of a consultation. */
export class Joining {
  readonly #held: HeldWordings
  readonly #batch: Batch
  /** Texts that were there before. */
  readonly #before: number
  /** The first texts of groups that others joined. */
  readonly #met = new Set<number>()

  constructor(held: HeldWordings, batch: Batch) {
    this.#held = held
    this.#batch = batch
    this.#before = held.groups.size
  }

  add(id: number, place: number): void {
    const { bands, shingles } = this.#batch.sketches[place]!
    this.#held.ids.push(id)
    this.#held.groups.add(bands, (met) => this.#isAlike(shingles, met))
  }

  /** A text that was there before, and is known. */
  compare(text: number): void {
    const { groups } = this.#held
    const shingles = this.#shinglesOf(text)!
    groups.compare(text, (met) => {
      const isAlike = this.#isAlike(shingles, met)
      if (isAlike) this.#met.add(groups.firstOf(text))
      return isAlike
    })
  }

  /** A group that is new in this batch was none before it. */
  joined(): Joined {
    const { groups, ids } = this.#held
    const groupOf = (text: number) => ids[groups.firstOf(text)]!
    return {
      found: this.#batch.sketches.map((sketch, place) => {
        const text = this.#before + place
        return { id: ids[text]!, sketch, group: groupOf(text) }
      }),
      merges: [...this.#met]
        .filter((first) => first < this.#before && groups.firstOf(first) !== first)
        .map((first) => ({ from: ids[first]!, into: groupOf(first) })),
    }
  }

  #isAlike(shingles: Uint32Array, met: number): boolean {
    const other = this.#shinglesOf(met)
    if (!other || !areAlike(shingles, other)) return false
    this.#met.add(this.#held.groups.firstOf(met))
    return true
  }

  #shinglesOf(text: number): Uint32Array | undefined {
    const { sketches, known } = this.#batch
    const place = text - this.#before
    return place < 0 ? known.get(this.#held.ids[text]!) : sketches[place]!.shingles
  }
}
