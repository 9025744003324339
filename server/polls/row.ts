import type { Selectable } from 'kysely'
import { numberOf } from '#shared/opinions/votes.ts'
import type { PollResponseEvent, VoteEvent } from '#shared/polls/events.ts'
import { digestOf } from '../consultations/row.ts'
import type { Database } from '../db/schema.ts'
import type { KnownPoll } from './known-polls.ts'

/** A stored answer or vote, less the batch that wrote it. */
export type AnswerRow = Omit<Selectable<Database['answer']>, 'batch'>

/** What of an event cannot be taken. */
export interface Fault {
  path: string
  error: string
}

interface Told {
  sourceId: number
  poll: KnownPoll
}

/** The answers of one person to a poll, or what is wrong with them. */
export function rowOfResponse(
  event: PollResponseEvent,
  { sourceId, poll, ...members }: Told & Pick<AnswerRow, 'channel' | 'area'>,
): AnswerRow | Fault {
  if (poll.kind !== 'choices')
    return { path: 'poll', error: 'is an agreement poll: it takes votes' }
  const fault = notOpen(poll, 'answeredAt', event.answeredAt) ?? strangeGroup(poll, event)
  if (fault) return fault
  const offered: number[] = []
  const chosen: number[] = []
  for (const [id, choices] of Object.entries(event.answers)) {
    const path = `answers.${id}`
    const question = poll.questions.get(id)
    if (!question) return { path, error: 'is no question of this poll' }
    if (choices.length > question.most) {
      return { path, error: `has more than ${question.most}` }
    }
    const strange = choices.find((choice) => !question.choices.has(choice))
    if (strange !== undefined) return { path, error: `${strange} is no choice of this question` }
    offered.push(...question.choices.values())
    chosen.push(...choices.map((choice) => question.choices.get(choice)!))
  }
  return {
    ...members,
    ...{ sourceId, poll: poll.id, statement: 0, person: event.person, vote: null },
    ...{ version: event.version, digest: digestOf(event), groups: event.groups },
    ...{ offered: offered.sort(byNumber), chosen: chosen.sort(byNumber) },
    ...timesOf(poll, event.answeredAt),
  }
}

const byNumber = (a: number, b: number) => a - b

/** One person's vote on one statement. */
export function rowOfVote(
  event: VoteEvent,
  { sourceId, poll, statement }: Told & { statement: number },
): AnswerRow | Fault {
  const fault = notOpen(poll, 'votedAt', event.votedAt)
  if (fault) return fault
  return {
    ...{ sourceId, poll: poll.id, statement, person: event.person, vote: numberOf(event.vote) },
    ...{ version: event.version, digest: digestOf(event), groups: {} },
    ...{ offered: [], chosen: [], channel: 0, area: 0 },
    ...timesOf(poll, event.votedAt),
  }
}

const timesOf = ({ isSealed, closesAt }: KnownPoll, answeredAt: number) => ({
  answeredAt,
  countsAt: isSealed ? closesAt : answeredAt,
})

function notOpen({ opensAt, closesAt }: KnownPoll, path: string, at: number): Fault | undefined {
  if (at < opensAt) return { path, error: 'lies before the poll opens' }
  if (at >= closesAt) return { path, error: 'lies after the poll has closed' }
  return undefined
}

function strangeGroup({ groups }: KnownPoll, event: PollResponseEvent): Fault | undefined {
  for (const [id, value] of Object.entries(event.groups)) {
    const path = `groups.${id}`
    const values = groups.get(id)
    if (!values) return { path, error: 'is no group of this poll' }
    if (!values.has(value)) return { path, error: `${value} is no value of this group` }
  }
  return undefined
}
