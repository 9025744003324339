import type { ToldOpinions } from '#shared/polls/told.ts'
import type { Connections } from '../db/connect.ts'
import { findOpinions } from './find-opinions.ts'
import { type PollRow, publishedStatements } from './poll-queries.ts'
import { readVotes } from './read-votes.ts'
import { toldOpinions } from './told-opinions.ts'

/** Milliseconds for which what was found is told again; and so many times longer than finding it took. */
const FRESH = 5_000
const REST = 10

export interface OpinionsDesk {
  /** The groups of an agreement poll, at most some seconds old; many who ask at once are answered by one reading. */
  opinionsOf(poll: PollRow): Promise<ToldOpinions>
}

interface Kept {
  told: Promise<ToldOpinions>
  until: number
}

/** Finds opinion groups for who asks, one poll after the other. */
export function openOpinionsDesk({ db, sql }: Connections): OpinionsDesk {
  const kept = new Map<number, Kept>()
  let last: Promise<unknown> = Promise.resolve()

  async function find(poll: PollRow): Promise<ToldOpinions> {
    const statements = await publishedStatements(db, poll.id)
    const ids = statements.map(({ id }) => id)
    const { votes, ...read } = await readVotes(sql, poll.id, ids)
    const opinions = await findOpinions(votes)
    return toldOpinions(opinions, { ...read, codes: statements.map(({ code }) => code) })
  }

  async function timed(poll: PollRow): Promise<ToldOpinions> {
    const startedAt = performance.now()
    const told = await find(poll)
    const endedAt = performance.now()
    const until = endedAt + Math.max(FRESH, REST * (endedAt - startedAt))
    kept.set(poll.id, { told: Promise.resolve(told), until })
    return told
  }

  function ask(poll: PollRow): Promise<ToldOpinions> {
    const told = last.then(() => timed(poll))
    kept.set(poll.id, { told, until: Infinity })
    last = told.catch(() => kept.delete(poll.id))
    return told
  }

  return {
    opinionsOf(poll) {
      const known = kept.get(poll.id)
      return known && performance.now() < known.until ? known.told : ask(poll)
    },
  }
}
