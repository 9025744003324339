import { gatherVotes } from '#shared/opinions/gather-votes.ts'
import type { Votes } from '#shared/opinions/votes.ts'
import type { Sql } from '../db/connect.ts'
import { headIn } from '../journal/head.ts'
import { inSnapshot } from '../tickets/facts.ts'

/** More are not placed: those who voted on the most are. */
const MOST_VOTERS = 10_000
const PAGE = 200

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
  /** Each a statement's id and a vote, in one number: half as much to put together and to send. */
  votes: number[]
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
    // Nothing sorts the votes by their persons: of millions that took most of the time.
    await snapshot`set local work_mem = '64MB'`
    const pages = snapshot<Voter[]>`
      select (count(*) over ())::int as voters, array_agg(4 * statement + vote + 1) as votes
      from answer where poll = ${poll} and statement = any(${[...statements]}::int[])
      group by person order by count(*) desc, person limit ${MOST_VOTERS}`.cursor(PAGE)
    for await (const page of pages) {
      for (const one of page) {
        const votes = Int32Array.from(one.votes).sort()
        gathering.add(
          votes.map((both) => placeOf.get(both >> 2)!),
          votes.map((both) => (both & 3) - 1),
        )
        voters = one.voters
      }
    }
    return { seq, voters, votes: gathering.done(statements.length) }
  })
}
