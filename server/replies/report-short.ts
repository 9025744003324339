import type { ReportLetter } from './report-letters.ts'
import type { Line } from './report-lines.ts'
import type { ReportWords } from './report-words.ts'

/** Letters that one line tells of at most. */
const A_LINE = 100

/** Tells of letters in short, the largest first: those of one size and one answer share lines of their numbers. */
export class ShortLines {
  readonly #words: ReportWords
  readonly #byAnswer = new Map<string, number[]>()
  #comments = 0

  constructor(words: ReportWords) {
    this.#words = words
  }

  *take({ id, comments }: Pick<ReportLetter, 'id' | 'comments'>, answer: string): Generator<Line> {
    if (comments !== this.#comments) yield* this.end()
    this.#comments = comments
    const ids = [...(this.#byAnswer.get(answer) ?? []), id]
    this.#byAnswer.set(answer, ids)
    if (ids.length < A_LINE) return
    yield this.#line(answer, ids)
    this.#byAnswer.delete(answer)
  }

  /** What is left to tell. */
  *end(): Generator<Line> {
    for (const [answer, ids] of this.#byAnswer) yield this.#line(answer, ids)
    this.#byAnswer.clear()
  }

  #line(answer: string, ids: readonly number[]): Line {
    return { kind: 'quiet', text: this.#words.inShort(this.#comments, answer, ids) }
  }
}
