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
  statements: number[]
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
    const [count] = await snapshot<{ voters: number }[]>`
      select count(distinct person)::int as voters from answer
      where poll = ${poll} and statement = any(${[...statements]}::int[])`
    const gathering = gatherVotes()
    const pages = snapshot<Voter[]>`
      select array_agg(statement order by statement) as statements,
        array_agg(vote::int order by statement) as votes
      from answer where poll = ${poll} and statement = any(${[...statements]}::int[])
      group by person order by count(*) desc, person limit ${MOST_VOTERS}`.cursor(PAGE)
    for await (const page of pages) {
      for (const one of page) {
        const places = one.statements.map((id) => placeOf.get(id)!)
        gathering.add(places, one.votes)
      }
    }
    return { seq, voters: count!.voters, votes: gathering.done(statements.length) }
  })
}
