import type {
  PollEvent,
  PollResponseEvent,
  StatementEvent,
  VoteEvent,
} from '#shared/polls/events.ts'
import { statementCode } from '#shared/polls/names.ts'
import type { Axis } from '#shared/view.ts'
import type { Db } from '../db/connect.ts'
import { type KnownPoll, openKnownPolls } from '../polls/known-polls.ts'
import { type AnswerRow, type Fault, rowOfResponse, rowOfVote } from '../polls/row.ts'
import { takePoll } from '../polls/take-poll.ts'
import { takeStatements } from '../polls/take-statement.ts'
import type { IntakeEvent } from './read-event.ts'
import type { Incoming, Outcome } from './sort-out.ts'

export type OfPolls = PollEvent | PollResponseEvent | StatementEvent | VoteEvent

const types = ['poll', 'poll-response', 'statement', 'vote']
export const isOfPolls = (event: IntakeEvent): event is OfPolls => types.includes(event.type)

/** The ids of the members that an event names, or the axis that has no place for one more. */
export type MembersOf = <A extends Axis>(
  event: Record<A, string | null>,
  named: readonly A[],
) => Promise<Record<A, number> | A>

export interface PreparedAnswers {
  answers: Incoming<AnswerRow>[]
  refused: (Fault & { index: number })[]
  /** What became of polls and statements, which are written already. */
  counts: Record<Outcome, number>
  seq: number
}

interface Placed<Event> {
  index: number
  event: Event
}

/** Prepares what a request tells of polls: polls and statements are few and written at once, answers become rows. */
export function openAnswers(db: Db, membersOf: MembersOf) {
  const polls = openKnownPolls(db)

  async function prepare(
    sourceId: number,
    events: readonly IntakeEvent[],
  ): Promise<PreparedAnswers> {
    const prepared: PreparedAnswers = {
      ...{ answers: [], refused: [], seq: 0 },
      counts: { accepted: 0, unchanged: 0, conflicting: 0, stale: 0 },
    }
    const placed = events.flatMap((event, index) => (isOfPolls(event) ? [{ event, index }] : []))
    if (placed.length === 0) return prepared
    for (const one of of(placed, 'poll')) await tellPoll(prepared, sourceId, one)
    await polls.learn(placed.map(({ event }) => ('poll' in event ? event.poll : event.id)))
    await tellStatements(prepared, sourceId, of(placed, 'statement'))
    for (const { event, index } of placed) {
      if (event.type !== 'poll-response' && event.type !== 'vote') continue
      const row = await rowOf(event, sourceId)
      if ('error' in row) prepared.refused.push({ index, ...row })
      else prepared.answers.push({ row, newestAt: row.answeredAt })
    }
    return prepared
  }

  async function tellPoll(
    prepared: PreparedAnswers,
    sourceId: number,
    { event, index }: Placed<PollEvent>,
  ): Promise<void> {
    const axes = ['poll', 'agency', 'area', 'category'] as const
    const members = await membersOf({ ...event, poll: event.id }, axes)
    if (typeof members === 'string') return void prepared.refused.push({ index, ...full(members) })
    const { poll: id, ...others } = members
    const { taken, seq } = await takePoll(db, event, { sourceId, members: { id, ...others } })
    prepared.seq = Math.max(prepared.seq, seq ?? 0)
    if (typeof taken === 'string') prepared.counts[taken]++
    else prepared.refused.push({ index, ...taken })
  }

  async function tellStatements(
    prepared: PreparedAnswers,
    sourceId: number,
    placed: readonly Placed<StatementEvent>[],
  ): Promise<void> {
    const told = []
    for (const { event, index } of placed) {
      const found = await statementOf(event.poll, event.id)
      if ('error' in found) prepared.refused.push({ index, ...found })
      else told.push({ index, event, id: found.statement, poll: found.poll.id })
    }
    if (told.length === 0) return
    const taken = await takeStatements(db, sourceId, told)
    for (const [at, outcome] of taken.entries()) {
      if (typeof outcome === 'string') prepared.counts[outcome]++
      else prepared.refused.push({ index: told[at]!.index, ...outcome })
    }
  }

  async function rowOf(
    event: PollResponseEvent | VoteEvent,
    sourceId: number,
  ): Promise<AnswerRow | Fault> {
    if (event.type === 'vote') {
      const found = await statementOf(event.poll, event.statement)
      return 'error' in found ? found : rowOfVote(event, { sourceId, ...found })
    }
    const poll = polls.called(event.poll)
    if (!poll) return unknown
    const members = await membersOf(event, ['channel', 'area'] as const)
    return typeof members === 'string'
      ? full(members)
      : rowOfResponse(event, { sourceId, poll, ...members })
  }

  async function statementOf(
    code: string,
    id: string,
  ): Promise<{ poll: KnownPoll; statement: number } | Fault> {
    const poll = polls.called(code)
    if (!poll) return unknown
    if (poll.kind !== 'agreement')
      return { path: 'poll', error: 'has questions, and no statements' }
    const members = await membersOf({ statement: statementCode(code, id) }, ['statement'] as const)
    return typeof members === 'string' ? full(members) : { poll, statement: members.statement }
  }

  return { prepare }
}

function of<T extends OfPolls['type']>(placed: readonly Placed<OfPolls>[], type: T) {
  return placed.filter(
    (one): one is Placed<Extract<OfPolls, { type: T }>> => one.event.type === type,
  )
}

const unknown: Fault = { path: 'poll', error: 'is not known: tell the poll first' }
const full = (axis: Axis): Fault => ({
  path: axis,
  error: 'names one more than this city can hold',
})
