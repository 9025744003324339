import { type Appointed, type Concern, concernOf, mayConcern } from '#shared/oversight/concern.ts'
import type { DurableRecord } from '#shared/records.ts'
import type { Told } from '#shared/unread.ts'
import { read, Refused } from '../api/ask.ts'

/** Milliseconds until a server that did not answer is asked again. */
const AGAIN = 5000
/** Records asked about at once: the server looks at as many. */
const MOST = 1000

interface Hearing {
  me: Appointed
  /** In order, each once it is known whether it concerns them. */
  onSorted: (record: DurableRecord, why: Concern | undefined) => void
}

/**
 * Why records concern who is signed in. Where the city has not opened agencies, no record tells whose a flag is: the
 * server is asked, and what came meanwhile waits, so that nothing is taken for looked at that was not.
 */
export class Sorting {
  readonly #hearing: Hearing
  #waiting: DurableRecord[] = []
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(hearing: Hearing) {
    this.#hearing = hearing
  }

  add(record: DurableRecord): void {
    this.#waiting.push(record)
    if (this.#waiting.length === 1) this.#go()
  }

  /** What waits is told again. */
  clear(): void {
    this.#waiting = []
    clearTimeout(this.#timer)
  }

  #go = (): void => {
    const { me, onSorted } = this.#hearing
    while (this.#waiting[0] && !mayConcern(this.#waiting[0], me)) {
      const record = this.#waiting.shift()!
      onSorted(record, concernOf(record, me))
    }
    if (this.#waiting.length > 0) void this.#ask(this.#waiting)
  }

  async #ask(waiting: DurableRecord[]): Promise<void> {
    const asked = waiting.slice(0, MOST)
    const between = { after: String(asked[0]!.after), upTo: String(asked.at(-1)!.seq) }
    try {
      const { told } = await read<{ told: Told[] }>(
        `/work/concerns?${new URLSearchParams(between)}`,
      )
      if (waiting === this.#waiting) this.#tell(asked, told)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      if (waiting !== this.#waiting) return
      this.#timer = setTimeout(this.#go, Math.max(AGAIN, error.wait * 1000))
    }
  }

  #tell(asked: readonly DurableRecord[], told: readonly Told[]): void {
    const { me, onSorted } = this.#hearing
    const why = new Map(told.map((one) => [one.seq, one.why]))
    this.#waiting.splice(0, asked.length)
    for (const record of asked) onSorted(record, concernOf(record, me) ?? why.get(record.seq))
    this.#go()
  }
}
