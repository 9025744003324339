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
  /** By member, where one dimension decides. */
  readonly #ofMember: number[] = []
  readonly #read: number[] = []

  constructor(question: Question, combinations: Combinations) {
    this.#question = question
    this.#combinations = combinations
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
  all(): { places: Uint16Array; size: number } {
    this.#learn()
    return { places: this.#places, size: this.#members.length }
  }

  #learn(): void {
    const { size } = this.#combinations
    if (size > this.#places.length) {
      const larger = new Uint16Array(Math.ceil(size * 1.2))
      larger.set(this.#places)
      this.#places = larger
    }
    const [first, ...others] = this.#question.reads
    if (first === undefined) this.#places.fill(this.#placeAt(0), this.#known, size)
    else if (others.length === 0) this.#learnBy(first, size)
    else for (let id = this.#known; id < size; id++) this.#places[id] = this.#placeAt(id)
    this.#known = size
  }

  /** Where one dimension decides, each of its members is asked about once. */
  #learnBy(dimension: number, size: number): void {
    for (let id = this.#known; id < size; id++) {
      const member = this.#combinations.memberAt(id, dimension)
      this.#places[id] = this.#ofMember[member] ??= this.#placeAt(id)
    }
  }

  #placeAt(id: number): number {
    this.#combinations.readMembers(id, this.#read)
    return this.#placeFor(this.#question.rowOf(this.#read))
  }

  #placeFor(member: number): number {
    return (this.#placeOf[member + 1] ??= this.#members.push(member) - 1)
  }
}
