import type { Combinations } from './combinations.ts'
import type { Question } from './question.ts'

/** The row of each combination in a question's answer, −1 when it is filtered out; computed once. */
export class MemberIndex {
  readonly #question: Question
  readonly #combinations: Combinations
  #rows = new Int32Array(64)
  #known = 0

  constructor(question: Question, combinations: Combinations) {
    this.#question = question
    this.#combinations = combinations
  }

  of(combination: number): number {
    if (combination >= this.#known) this.#learn()
    return this.#rows[combination]!
  }

  #learn(): void {
    const { size } = this.#combinations
    if (size > this.#rows.length) {
      const larger = new Int32Array(Math.ceil(size * 1.2))
      larger.set(this.#rows)
      this.#rows = larger
    }
    for (; this.#known < size; this.#known++) {
      this.#rows[this.#known] = this.#question.rowOf(this.#combinations.membersOf(this.#known))
    }
  }
}
