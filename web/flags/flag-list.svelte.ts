import type { RecordPoint } from '#shared/records.ts'
import { patience } from '../live/redial.ts'
import { restWhenHidden } from '../live/rest-when-hidden.ts'
import { wakeWithPage } from '../live/wake-with-page.ts'
import { RecordFollower } from '../records/follower.ts'
import { Gather } from './gather.ts'
import { ask, type Refused } from './send.ts'
import type { ToldFlag, ToldPage } from './told.ts'

/** Milliseconds between two askings for what changed, whatever happens. */
const PAUSE = 1000
/** Flags that the server tells of by number at once. */
const MOST = 100

type State = 'loading' | 'shown' | 'refused' | 'unreached'

/**
 * Flags by pages, the newest first. What is read keeps its place until another question is asked: what is
 * done about it is shown where it stands, and what comes to stand above waits for `insert`.
 */
export class FlagList {
  #flags = $state.raw<readonly ToldFlag[]>([])
  #above = $state.raw<readonly ToldFlag[]>([])
  #next = $state.raw<string | null>(null)
  #state = $state.raw<State>('loading')
  #error = $state.raw('')
  /** What waits is a page of its own: it does not join what is here. */
  #isFar = false
  #nextAbove: string | null = null
  #query = ''
  /** Until another question is asked. */
  #question = new AbortController()
  #asking = new AbortController()
  #changed = new Gather<number>((ids) => void this.#look(ids), PAUSE)

  get flags(): readonly ToldFlag[] {
    return this.#flags
  }

  /** What came since, and does not stand in the list yet. */
  get above(): readonly ToldFlag[] {
    return this.#above
  }

  get hasMore(): boolean {
    return this.#next !== null
  }

  get state(): State {
    return this.#state
  }

  get error(): string {
    return this.#error
  }

  /** Answers how to stop. */
  ask(query: string): () => void {
    const question = (this.#question = new AbortController())
    this.#query = query
    this.#state = 'loading'
    this.#above = []
    void this.#load(null)
    return () => question.abort()
  }

  /** What follows, under what is here. */
  more(): Promise<void> {
    return this.#load(this.#next)
  }

  /** Puts what waits on top. */
  insert(): void {
    this.#flags = this.#isFar ? this.#above : [...this.#above, ...this.#flags]
    if (this.#isFar) this.#next = this.#nextAbove
    this.#above = []
    this.#isFar = false
  }

  /** Follows what is done about flags; answers how to stop. */
  follow(): () => void {
    let at: RecordPoint | null = null
    const follower = new RecordFollower({
      at: () => at,
      onStart: (start) => {
        at = start
        if (this.#state === 'shown') this.#changed.add(0, ...this.#flags.map(({ id }) => id))
      },
      onRecord: (record) => {
        at = record
        const [noun, id] = record.body.subject.split(':')
        if (noun === 'flag') this.#changed.add(Number(id))
      },
      // As the public they are followed all the same.
      onOut: () => follower.wake(),
    })
    const stops = [wakeWithPage(follower), restWhenHidden(follower)]
    follower.wake()
    return () => {
      for (const stop of stops) stop()
      follower.rest()
      this.#changed.stop()
    }
  }

  async #load(after: string | null): Promise<void> {
    this.#asking.abort()
    this.#asking = new AbortController()
    const signal = AbortSignal.any([this.#question.signal, this.#asking.signal])
    for (let attempt = 0; !signal.aborted; attempt++) {
      try {
        const page = await this.#page(after, signal)
        if (!signal.aborted) this.#show(page, after)
        return
      } catch (error) {
        if (signal.aborted) return
        const { status, message } = error as Refused
        const isFinal = status >= 400 && status < 500 && status !== 429
        this.#error = message
        this.#state = isFinal ? 'refused' : 'unreached'
        if (isFinal) return
        await new Promise((resolve) => setTimeout(resolve, patience(1000, attempt)))
      }
    }
  }

  #page(after: string | null, signal: AbortSignal): Promise<ToldPage> {
    const params = new URLSearchParams(this.#query)
    if (after !== null) params.set('after', after)
    return ask<ToldPage>(`/flags?${params}`, signal)
  }

  #show({ flags, next }: ToldPage, after: string | null): void {
    const known = new Set(this.#flags.map(({ id }) => id))
    this.#flags =
      after === null ? flags : [...this.#flags, ...flags.filter(({ id }) => !known.has(id))]
    this.#next = next
    this.#state = 'shown'
  }

  /** How those that are here stand now; and where others changed, what would stand above. */
  async #look(ids: ReadonlySet<number>): Promise<void> {
    const { signal } = this.#question
    const here = [...this.#flags, ...this.#above].map(({ id }) => id).filter((id) => ids.has(id))
    const now = here.slice(0, MOST)
    if (here.length > MOST) this.#changed.add(...here.slice(MOST))
    try {
      if (now.length > 0) {
        this.#patch(await ask<ToldPage>(`/flags?id=${now.join()}&limit=${MOST}`, signal))
      }
      if (ids.size > here.length) this.#wait(await this.#page(null, signal))
    } catch {
      if (!signal.aborted) this.#changed.add(...ids)
    }
  }

  #patch({ flags }: ToldPage): void {
    const now = new Map(flags.map((flag) => [flag.id, flag]))
    const patched = (flag: ToldFlag): ToldFlag => {
      const newer = now.get(flag.id)
      return newer && newer.version >= flag.version ? newer : flag
    }
    this.#flags = this.#flags.map(patched)
    this.#above = this.#above.map(patched)
  }

  #wait({ flags, next }: ToldPage): void {
    const newest = this.#flags[0]?.id
    const above = flags.filter(({ id }) => newest === undefined || id > newest)
    this.#isFar = above.length === flags.length && next !== null
    this.#nextAbove = next
    this.#above = above
  }
}
