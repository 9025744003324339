import { RecordFollower } from '../records/follower.ts'
import type { RecordPoint } from '#shared/records.ts'
import { restWhenHidden } from '../live/rest-when-hidden.ts'
import { patience } from '../live/redial.ts'
import { wakeWithPage } from '../live/wake-with-page.ts'
import { ask, type Refused } from './send.ts'
import type { ToldLife } from './told.ts'

/** One flag and its whole life, asked again whenever something is done about it. */
export class FlagDetail {
  #life = $state.raw<ToldLife>()
  #state = $state.raw<'loading' | 'missing' | 'unreached' | 'shown'>('loading')
  readonly #id: string
  #gone = new AbortController()
  #turn = 0

  constructor(id: string) {
    this.#id = id
  }

  get life(): ToldLife | undefined {
    return this.#life
  }

  get state(): 'loading' | 'missing' | 'unreached' | 'shown' {
    return this.#state
  }

  /** Asks, and follows the records; answers how to stop. */
  open(): () => void {
    let at: RecordPoint | null = null
    const follower = new RecordFollower({
      at: () => at,
      onStart: (start) => {
        at = start
        void this.refresh()
      },
      onRecord: (record) => {
        at = record
        if (record.body.subject === `flag:${this.#id}`) void this.refresh()
      },
      // As the public it is followed all the same.
      onOut: () => follower.wake(),
    })
    const stops = [wakeWithPage(follower), restWhenHidden(follower)]
    follower.wake()
    void this.refresh()
    return () => {
      for (const stop of stops) stop()
      follower.rest()
      this.#gone.abort()
    }
  }

  /** The newest that was asked for wins. */
  async refresh(): Promise<void> {
    const turn = ++this.#turn
    const { signal } = this.#gone
    for (let attempt = 0; !signal.aborted && turn === this.#turn; attempt++) {
      try {
        const life = await ask<ToldLife>(`/flags/${this.#id}`, signal)
        if (turn === this.#turn) this.#show(life)
        return
      } catch (error) {
        const { status } = error as Refused
        const isFinal = status >= 400 && status < 500 && status !== 429
        if (turn !== this.#turn || signal.aborted) return
        if (!this.#life) this.#state = isFinal ? 'missing' : 'unreached'
        if (isFinal) return
        await new Promise((resolve) => setTimeout(resolve, patience(1000, attempt)))
      }
    }
  }

  #show(life: ToldLife): void {
    if (this.#life && this.#life.flag.version > life.flag.version) return
    this.#life = life
    this.#state = 'shown'
  }
}
