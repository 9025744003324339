import type { Votes } from './votes.ts'

/** Votes put together voter by voter, in few large arrays: there may be millions. */
export interface Gathering {
  /** The next voter: what they voted on, by its place, and how, each as often as the other. */
  add(statements: ArrayLike<number>, values: ArrayLike<number>): void
  /** All of them, once. */
  done(statements: number): Votes
}

export function gatherVotes(): Gathering {
  const ends = [0]
  let statementOf = new Int32Array(1024)
  let values = new Int8Array(1024)
  return {
    add(seen, cast) {
      const start = ends.at(-1)!
      const end = start + seen.length
      if (end > values.length) {
        const room = Math.max(2 * values.length, end)
        statementOf = withRoom(statementOf, new Int32Array(room))
        values = withRoom(values, new Int8Array(room))
      }
      statementOf.set(seen, start)
      values.set(cast, start)
      ends.push(end)
    },
    done: (statements) => ({
      ...{ statements, voters: ends.length - 1, starts: Int32Array.from(ends) },
      statementOf: statementOf.slice(0, ends.at(-1)),
      values: values.slice(0, ends.at(-1)),
    }),
  }
}

function withRoom<T extends Int32Array | Int8Array>(from: T, to: T): T {
  to.set(from)
  return to
}
