import type { ConsultationLine } from '#shared/consultations/told.ts'
import type { PollLine } from '#shared/polls/told.ts'
import { MINUTE } from '#shared/time.ts'
import { patience } from '../live/redial.ts'

/** What everybody may be heard on, as the city told of it; asked again whenever its names change. */
export class OpinionPart {
  #consultations = $state.raw<readonly ConsultationLine[]>()
  #polls = $state.raw<readonly PollLine[]>()
  #isFailing = $state.raw(false)

  /** What was asked last was not answered; it is asked again. */
  get isFailing(): boolean {
    return this.#isFailing
  }

  /** Undefined before the first answer, as of all that follow. */
  get consultations(): readonly ConsultationLine[] | undefined {
    return this.#consultations
  }

  openAt(minute: number): readonly ConsultationLine[] | undefined {
    return this.#consultations?.filter(isOpenAt(minute))
  }

  openPollsAt(minute: number): readonly PollLine[] | undefined {
    return this.#polls?.filter(isOpenAt(minute))
  }

  /** Answers how to stop asking. */
  ask(): () => void {
    const gone = new AbortController()
    const { signal } = gone
    void this.#ask<{ consultations: readonly ConsultationLine[] }>('consultations', signal).then(
      (told) => told && (this.#consultations = told.consultations),
    )
    void this.#ask<{ polls: readonly PollLine[] }>('polls', signal).then(
      (told) => told && (this.#polls = told.polls),
    )
    return () => gone.abort()
  }

  async #ask<Told>(path: string, gone: AbortSignal): Promise<Told | undefined> {
    const told = await asked<Told>(path, gone, () => (this.#isFailing = true))
    if (told) this.#isFailing = false
    return told
  }
}

interface Term {
  opensAt: number
  closesAt: number
}

const isOpenAt =
  (minute: number) =>
  ({ opensAt, closesAt }: Term): boolean =>
    opensAt <= minute * MINUTE && minute * MINUTE < closesAt

/** Asked until it is answered, each miss told; undefined once nobody waits for it. */
export async function asked<Told>(
  path: string,
  gone: AbortSignal,
  missed = () => {},
): Promise<Told | undefined> {
  for (let attempt = 0; !gone.aborted; attempt++) {
    const told = await answer<Told>(path, gone)
    if (gone.aborted) return undefined
    if (told) return told
    missed()
    await new Promise((resolve) => setTimeout(resolve, patience(1000, attempt)))
  }
  return undefined
}

async function answer<Told>(path: string, gone: AbortSignal): Promise<Told | undefined> {
  const signal = AbortSignal.any([gone, AbortSignal.timeout(10_000)])
  const answer = await fetch(`/api/v1/${path}`, { signal }).catch(() => undefined)
  if (!answer?.ok) return undefined
  return (await answer.json().catch(() => undefined)) as Told | undefined
}
