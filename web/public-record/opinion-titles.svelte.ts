import type { ConsultationLine } from '#shared/consultations/told.ts'
import type { PollLine } from '#shared/polls/told.ts'
import { Asked } from '../api/asked.svelte.ts'
import { nameIn } from '../i18n/name-in.ts'

/** What the city asks its people, by noun and code. */
export type TitleOf = (noun: 'consultation' | 'poll', code: string) => string

/** What consultations and polls are called: asked for once, by the first list that names one. */
class OpinionTitles {
  readonly #consultations = new Asked<{ consultations: readonly ConsultationLine[] }>()
  readonly #polls = new Asked<{ polls: readonly PollLine[] }>()
  #isAsked = false

  /** The code until the title is known. */
  readonly titleOf: TitleOf = (noun, code) => {
    this.#ask()
    const all: readonly Pick<PollLine, 'code' | 'titles'>[] | undefined =
      noun === 'poll' ? this.#polls.answer?.polls : this.#consultations.answer?.consultations
    return nameIn(all?.find((one) => one.code === code)?.titles ?? {}, code)
  }

  #ask(): void {
    if (this.#isAsked) return
    this.#isAsked = true
    this.#consultations.open('/consultations')
    this.#polls.open('/polls')
  }
}

export const { titleOf: opinionTitle } = new OpinionTitles()
