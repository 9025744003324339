import { gatherVotes } from '#shared/opinions/gather-votes.ts'
import type { Votes } from '#shared/opinions/votes.ts'
import type { Sql } from '../db/connect.ts'
import { headIn } from '../journal/head.ts'
import { inSnapshot } from '../tickets/facts.ts'

/** More are not placed: those who voted on the most are. */
const MOST_VOTERS = 10_000

export interface ReadVotes {
  seq: number
  /** Who voted on anything that is published. */
  voters: number
  /** Statements by their places among those that were asked for. */
  votes: Votes
}

interface Voter {
  /** Of all, however many are read. */
  voters: number
  /** Each a statement's id and a vote, in one number of four bytes: half as much to put together and to send. */
  votes: Buffer
}

/** Votes on statements, all of one instant. Nobody's key leaves the database. */
export function readVotes(
  sql: Sql,
  poll: number,
  statements: readonly number[],
): Promise<ReadVotes> {
  const placeOf = new Map(statements.map((id, place) => [id, place]))
  return inSnapshot(sql, async (snapshot) => {
    const { seq } = await headIn(snapshot)
    const gathering = gatherVotes()
    let voters = 0
    // Nothing sorts the votes by their persons: of millions that took most of the time. Of a cursor PostgreSQL would
    // read in one process.
    await snapshot`set local work_mem = '64MB'`
    await snapshot<Voter[]>`
      select (count(*) over ())::int as voters,
        string_agg(int4send(4 * statement + vote + 1), '') as votes
      from answer where poll = ${poll} and statement = any(${[...statements]}::int[])
      group by person order by count(*) desc, person limit ${MOST_VOTERS}`.forEach((one) => {
      const votes = numbersIn(one.votes).sort()
      gathering.add(
        votes.map((both) => placeOf.get(both >> 2)!),
        votes.map((both) => (both & 3) - 1),
      )
      voters = one.voters
    })
    return { seq, voters, votes: gathering.done(statements.length) }
  })
}

function numbersIn(bytes: Buffer): Int32Array {
  const numbers = new Int32Array(bytes.length / 4)
  for (let at = 0; at < numbers.length; at++) numbers[at] = bytes.readInt32BE(4 * at)
  return numbers
}
