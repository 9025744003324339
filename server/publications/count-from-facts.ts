import { contribute } from '#shared/measures/contributions.ts'
import type { Part } from '#shared/measures/part.ts'
import type { Dimension, Ticket } from '#shared/ticket.ts'
import type { Window } from '../cube/window.ts'
import type { Directory } from '../dimensions/directory.ts'
import { eachTicketSince, type Snapshot } from '../tickets/facts.ts'
import type { Count, Sums, Wanted } from './count.ts'

/**
 * Counts days that may be older than the cube: each stored ticket is read once, and what it contributes
 * is kept by day. `midnights` are the UTC minutes at which the days begin, and the last one ends.
 */
export async function countFromFacts(
  snapshot: Snapshot,
  midnights: readonly number[],
  wanted: readonly Wanted[],
  directory: Directory,
): Promise<Count> {
  const ledgers = wanted.map((one) => new Ledger(one, midnights, directory))
  await eachTicketSince(snapshot, midnights[0]!, (ticket) => {
    for (const ledger of ledgers) ledger.add(ticket)
  })
  return (window, { dimension }) =>
    ledgers.find((ledger) => ledger.dimension === dimension)!.sums(window)
}

/** By part and member: what was there before the first day, then what each day changed. */
class Ledger {
  readonly dimension: Dimension | null
  readonly #midnights: readonly number[]
  readonly #directory: Directory
  readonly #days: ReadonlyMap<Part, Map<number, Int32Array>>

  constructor({ dimension, parts }: Wanted, midnights: readonly number[], directory: Directory) {
    this.dimension = dimension
    this.#midnights = midnights
    this.#directory = directory
    this.#days = new Map(parts.map((part) => [part, new Map()]))
  }

  add(ticket: Ticket): void {
    const { dimension } = this
    const root = dimension === null ? 0 : this.#directory.rootOf(ticket[dimension])
    contribute(ticket, (part, minute, n) => {
      const days = this.#days.get(part)
      if (days) this.#daysOf(days, root)[this.#dayOf(minute)]! += n
    })
  }

  sums({ start, end }: Window): Sums {
    const [first, last] = [this.#dayOf(start), this.#dayOf(end)]
    return new Map(
      [...this.#days].map(([part, byRoot]) => {
        const from = part.kind === 'stock' ? 0 : first
        const sum = (days: Int32Array) => days.subarray(from, last).reduce((a, b) => a + b, 0)
        return [part, new Map([...byRoot].map(([root, days]) => [root, sum(days)]))]
      }),
    )
  }

  #daysOf(byRoot: Map<number, Int32Array>, root: number): Int32Array {
    const known = byRoot.get(root)
    if (known) return known
    const days = new Int32Array(this.#midnights.length + 1)
    byRoot.set(root, days)
    return days
  }

  /** 0 before the first midnight, then one more at each. */
  #dayOf(minute: number): number {
    let [low, high] = [0, this.#midnights.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#midnights[middle]! <= minute) low = middle + 1
      else high = middle
    }
    return low
  }
}
