import type { At } from '#shared/view.ts'
import type { ClockMode } from '../cube/clock.ts'
import type { Question } from '../cube/question.ts'
import type { Sql } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { answerFromFacts, type FactsAnswer } from './answer-from-facts.ts'

/** Readings of the facts at once: intake and the cube need connections too. */
const AT_ONCE = 2
/** Beyond these, whoever comes is sent away with a 503. */
const MOST_WAITING = 40
/** So long the first waits for others who ask about the same moment: a page asks several at once. */
const GATHER = 20

/** How somebody waits for an answer. */
export interface Asking {
  /** Aborted with the reason for which nobody waits any more. */
  signal: AbortSignal
  onProgress?: (share: number) => void
}

interface Asked extends Asking {
  question: Question
  at: At | undefined
  resolve: (answer: FactsAnswer) => void
  reject: (reason: unknown) => void
}

/**
 * Where questions wait that only the facts answer. Each reading costs a connection and the time to
 * stream every ticket, so it answers all who ask about the same moment, and few are made at once.
 */
export class FactsDesk {
  readonly #sql: Sql
  readonly #clock: ClockMode
  #waiting: Asked[] = []
  #readings = 0

  constructor(sql: Sql, clock: ClockMode) {
    this.#sql = sql
    this.#clock = clock
  }

  /** Rejects with the signal's reason as soon as it is aborted, whoever else still waits. */
  ask(question: Question, at: At | undefined, asking: Asking): Promise<FactsAnswer> {
    const { signal } = asking
    signal.throwIfAborted()
    if (this.#waiting.length >= MOST_WAITING) {
      throw new HttpError(503, 'Too many long ranges are being counted. Ask again in a minute.')
    }
    const { promise, resolve, reject } = Promise.withResolvers<FactsAnswer>()
    const asked = { ...asking, question, at, resolve, reject }
    this.#waiting.push(asked)
    signal.addEventListener('abort', () => this.#leave(asked), { once: true })
    setTimeout(() => this.#serve(), GATHER)
    return promise
  }

  #leave(asked: Asked): void {
    this.#waiting = this.#waiting.filter((other) => other !== asked)
    asked.reject(asked.signal.reason)
  }

  /** Takes the first in line, and with it all who ask about the same moment. */
  #serve(): void {
    const [first] = this.#waiting
    if (!first || this.#readings >= AT_ONCE) return
    const isTogether = ({ at }: Asked) => String(at) === String(first.at)
    const together = this.#waiting.filter(isTogether)
    this.#waiting = this.#waiting.filter((asked) => !isTogether(asked))
    this.#readings++
    void this.#read(together).finally(() => {
      this.#readings--
      this.#serve()
    })
  }

  async #read(together: readonly Asked[]): Promise<void> {
    const isAwaited = together.some(({ onProgress }) => onProgress)
    try {
      const answers = await answerFromFacts(this.#sql, {
        questions: together.map(({ question }) => question),
        at: together[0]!.at,
        clock: this.#clock,
        signal: whenAllAborted(together.map(({ signal }) => signal)),
        onProgress: isAwaited
          ? (share) => together.forEach(({ onProgress }) => onProgress?.(share))
          : undefined,
      })
      together.forEach(({ resolve }, place) => resolve(answers[place]!))
    } catch (error) {
      for (const { reject } of together) reject(error)
    }
  }
}

function whenAllAborted(signals: readonly AbortSignal[]): AbortSignal {
  const all = new AbortController()
  const look = () => {
    if (signals.every(({ aborted }) => aborted)) all.abort(signals[0]!.reason)
  }
  for (const signal of signals) signal.addEventListener('abort', look, { once: true })
  look()
  return all.signal
}
