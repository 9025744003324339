import { BANDS } from './bands.ts'

/** Of one group a bucket lists so many texts: a letter sent a million times is met, not met a million times. */
const LISTED = 8
/** A text is compared with so many at most, the newest first (I11). */
const MOST = 2000

/**
 * Which texts belong together, as they come: each goes to all groups that hold a text nearly the same, and
 * makes one of them (union by the earliest, which keeps its name). What a text costs grows with those it
 * meets in its buckets, not with how many there are. 330 bytes a text: its bands, their places in chains, the
 * table of buckets at half its size and, while it grows, the table before.
 *
 * While no bucket holds more than LISTED texts of a group, nor a text meets more than MOST, the groups are
 * the connected parts of the texts that meet and are alike, in whatever order they come.
 */
export class Groups {
  #size = 0
  #keys = new Uint32Array(64 * BANDS)
  /** The entry that was first in the same bucket before; entries are counted from 1, 0 is none. */
  #before = new Uint32Array(64 * BANDS)
  /** The last entry of each bucket, by open addressing. */
  #lasts = new Uint32Array(256 * BANDS)
  #buckets = 0
  #earlier = new Uint32Array(64)

  /** Texts are numbered from 0, in the order in which they came. */
  get size(): number {
    return this.#size
  }

  /** That all of it takes. */
  get bytes(): number {
    const all = [this.#keys, this.#before, this.#lasts, this.#earlier]
    return all.reduce((sum, { byteLength }) => sum + byteLength, 0)
  }

  /** The earliest text of the group it belongs to. */
  firstOf(text: number): number {
    let first = text
    while (this.#earlier[first] !== first) first = this.#earlier[first]!
    for (let at = text; at !== first;) {
      const next = this.#earlier[at]!
      this.#earlier[at] = first
      at = next
    }
    return first
  }

  /** The texts of other groups that a text of these meets. */
  meetingOthers(text: number): number[] {
    const own = this.firstOf(text)
    return this.meeting(this.#bandsOf(text)).filter((other) => this.firstOf(other) !== own)
  }

  /** The texts that one with these bands meets, the newest of each bucket first. */
  meeting(bands: Uint32Array): number[] {
    const met = new Set<number>()
    for (let band = 0; band < BANDS; band++) {
      let entry = this.#lasts[this.#slotOf(bands[band]!)]!
      while (entry !== 0 && met.size < MOST) {
        met.add(textOf(entry))
        entry = this.#before[entry - 1]!
      }
    }
    return [...met]
  }

  /**
   * Adds a text and answers its number. `isAlike` says of one that it meets whether they are nearly the same;
   * of a group that it belongs to already it is not asked again.
   */
  add(bands: Uint32Array, isAlike: (met: number) => boolean): number {
    const met = this.meeting(bands)
    const text = this.#put(bands)
    this.#joinAlike(text, met, isAlike)
    this.#list(text)
    return text
  }

  /** Compares a text of these again with others that it meets: for one that could not be compared when they came. */
  compare(text: number, isAlike: (met: number) => boolean): void {
    this.#joinAlike(text, this.meetingOthers(text), isAlike)
  }

  /** Adds the next of texts that were grouped before, with the first of its group: itself or an earlier one. */
  restore(bands: Uint32Array, first: number): number {
    const text = this.#put(bands)
    this.#earlier[text] = first
    this.#list(text)
    return text
  }

  /** Makes one of the groups of two texts, as was found elsewhere. */
  join(one: number, other: number): void {
    this.#join(this.firstOf(one), this.firstOf(other))
  }

  #put(bands: Uint32Array): number {
    const text = this.#size++
    this.#grow()
    this.#keys.set(bands, text * BANDS)
    this.#earlier[text] = text
    return text
  }

  #bandsOf(text: number): Uint32Array {
    return this.#keys.subarray(text * BANDS, (text + 1) * BANDS)
  }

  #joinAlike(text: number, met: readonly number[], isAlike: (met: number) => boolean): void {
    for (const other of met) {
      const [own, theirs] = [this.firstOf(text), this.firstOf(other)]
      if (own !== theirs && isAlike(other)) this.#join(own, theirs)
    }
  }

  #join(one: number, other: number): void {
    this.#earlier[Math.max(one, other)] = Math.min(one, other)
  }

  #list(text: number): void {
    const first = this.firstOf(text)
    for (let band = 0; band < BANDS; band++) {
      const entry = text * BANDS + band + 1
      const slot = this.#slotOf(this.#keys[entry - 1]!)
      const last = this.#lasts[slot]!
      if (this.#isFull(last, first)) continue
      if (last === 0) this.#buckets++
      this.#before[entry - 1] = last
      this.#lasts[slot] = entry
    }
  }

  /** Whether a bucket lists enough texts of a group already. */
  #isFull(last: number, first: number): boolean {
    let [listed, seen] = [0, 0]
    for (let entry = last; entry !== 0 && seen < MOST; entry = this.#before[entry - 1]!) {
      if (this.firstOf(textOf(entry)) === first && ++listed === LISTED) return true
      seen++
    }
    return false
  }

  /** Where the bucket of a key is, or would be. */
  #slotOf(key: number): number {
    const mask = this.#lasts.length - 1
    let slot = Math.imul(key, 0x9e3779b1) & mask
    for (;;) {
      const entry = this.#lasts[slot]!
      if (entry === 0 || this.#keys[entry - 1] === key) return slot
      slot = (slot + 1) & mask
    }
  }

  #grow(): void {
    if (this.#size > this.#earlier.length) {
      this.#earlier = doubled(this.#earlier)
      this.#keys = doubled(this.#keys)
      this.#before = doubled(this.#before)
    }
    if ((this.#buckets + BANDS) * 4 <= this.#lasts.length * 3) return
    const old = this.#lasts
    this.#lasts = new Uint32Array(old.length * 2)
    for (const entry of old) {
      if (entry !== 0) this.#lasts[this.#slotOf(this.#keys[entry - 1]!)] = entry
    }
  }
}

const textOf = (entry: number): number => Math.floor((entry - 1) / BANDS)

function doubled(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2)
  larger.set(array)
  return larger
}
