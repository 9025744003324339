import type { OwedReply, WorkReplies } from '#shared/work.ts'
import { followRecords } from '../records/follow-records.ts'
import { ask } from './ask.ts'
import { Paced } from './paced.ts'

const PAUSE = 2000

/** What nobody has answered of what was said on drafts, in the jurisdiction of one's appointments of a role. */
export class OwedReplies {
  #newest = $state.raw<WorkReplies>()
  #wanted: number
  readonly #paced = new Paced(() => this.#refresh(), PAUSE)
  readonly #role: string
  /** How many more are shown when they are asked for. */
  readonly #page: number

  constructor(role: 'official' | 'observer' | 'secretariat', page: number) {
    this.#role = role
    this.#page = page
    this.#wanted = page
  }

  /** Undefined until it is known. */
  get counts(): WorkReplies['counts'] | undefined {
    return this.#newest?.counts
  }

  get owed(): readonly OwedReply[] {
    return this.#newest?.owed ?? []
  }

  get hasMore(): boolean {
    return this.#newest !== undefined && this.#newest.next !== null
  }

  /** Asks from time to time, and when something was answered; returns the function that stops. */
  open(): () => void {
    const { stir } = this.#paced
    const close = this.#paced.open()
    const unfollow = followRecords({
      onStart: stir,
      onRecord: ({ body }) => body.consultation !== undefined && stir(),
    })
    return () => {
      unfollow()
      close()
    }
  }

  more(): void {
    this.#wanted += this.#page
    void this.#paced.now()
  }

  /** What is not answered leaves what was known; pages are read anew, so that nothing is shown twice. */
  async #refresh(): Promise<void> {
    const wanted = this.#wanted
    let owed: readonly OwedReply[] = []
    let after: string | null = null
    do {
      const limit = String(Math.min(200, wanted - owed.length))
      const query = new URLSearchParams({ as: this.#role, limit })
      if (after !== null) query.set('after', after)
      const page: WorkReplies | undefined = await ask<WorkReplies>(`work/replies?${query}`).catch(
        () => undefined,
      )
      if (!page || wanted !== this.#wanted) return
      owed = [...owed, ...page.owed]
      after = page.next
      if (after === null || owed.length >= wanted) this.#newest = { ...page, owed }
    } while (after !== null && owed.length < wanted)
  }
}
