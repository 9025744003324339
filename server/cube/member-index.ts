import type { Grouping } from './column.ts'
import type { Combinations } from './combinations.ts'
import type { Question } from './question.ts'

/**
 * The row of each combination in a question's answer, computed once. A row is a member's id; its place
 * is a small number, so that what belongs to one row can be summed in an array. Place 0 is of all
 * combinations that are filtered out.
 */
export class MemberIndex {
  readonly #question: Question
  readonly #combinations: Combinations
  /** By combination. A dimension has far fewer members than 65,536. */
  #places = new Uint16Array(64)
  #known = 0
  /** By place. */
  readonly #members = [-1]
  /** By row and one. */
  readonly #placeOf = [0]
  /** Of what is read of a combination, by member: each is asked about once. */
  readonly #ofMember: readonly number[][]

  constructor(question: Question, combinations: Combinations) {
    this.#question = question
    this.#combinations = combinations
    this.#ofMember = question.reads.map(() => [])
  }

  /** The row of a combination, −1 when it is filtered out. */
  of(combination: number): number {
    if (combination >= this.#known) this.#learn()
    return this.#members[this.#places[combination]!]!
  }

  /** The row that has a place. */
  at(place: number): number {
    return this.#members[place]!
  }

  /** The places of all combinations, and how many places there are. */
  all(): Pick<Grouping, 'places' | 'size' | 'isWhole'> {
    this.#learn()
    const isWhole = this.#question.reads.length === 0
    return { places: this.#places, size: this.#members.length, isWhole }
  }

  #learn(): void {
    const { size } = this.#combinations
    if (size > this.#places.length) {
      const larger = new Uint16Array(Math.ceil(size * 1.2))
      larger.set(this.#places)
      this.#places = larger
    }
    this.#places.fill(this.#placeFor(0), this.#known, size)
    for (const at of this.#question.reads.keys()) this.#read(at, size)
    this.#known = size
  }

  /** Whatever is not filtered out yet comes where its member belongs. */
  #read(at: number, size: number): void {
    const { place: dimension, rowOf } = this.#question.reads[at]!
    const ofMember = this.#ofMember[at]!
    for (let id = this.#known; id < size; id++) {
      if (this.#places[id] === 0) continue
      const member = this.#combinations.memberAt(id, dimension)
      this.#places[id] = ofMember[member] ??= this.#placeFor(rowOf(member))
    }
  }

  #placeFor(member: number): number {
    return (this.#placeOf[member + 1] ??= this.#members.push(member) - 1)
  }
}
