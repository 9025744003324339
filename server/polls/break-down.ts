import { breakdownsOf, type GroupCount } from '#shared/polls/breakdown.ts'
import { choiceCode } from '#shared/polls/names.ts'
import type { ToldBreakdowns } from '#shared/polls/told.ts'
import { MINUTE } from '#shared/time.ts'
import type { Db } from '../db/connect.ts'
import type { Directory } from '../dimensions/directory.ts'
import { HttpError } from '../http/errors.ts'
import type { Engine } from '../live/engine.ts'
import {
  type Counted,
  countByGroup,
  countByMember,
  insertBreakdowns,
  type StoredBreakdowns,
  storedBreakdowns,
} from './breakdown-queries.ts'
import type { PollRow } from './poll-queries.ts'

/**
 * Who chose what by group, of a poll that has closed; throws a 403 before. Counted when it is first asked for and told so
 * ever after: while answers come, or were it counted anew, two looks at a group would say what one person of it chose.
 */
export async function breakDown(
  db: Db,
  poll: PollRow,
  { at, terms: { directory } }: Pick<Engine, 'at' | 'terms'>,
): Promise<StoredBreakdowns> {
  if (!hasClosed(poll, at[1])) {
    throw new HttpError(403, 'Who chose what is told by group when the poll has closed.')
  }
  const stored = await storedBreakdowns(db, poll.id)
  if (stored) return stored
  const choices = choicesOf(poll, directory)
  const breakdowns = []
  for (const { id } of poll.groups) {
    const counts = await countByGroup(db, poll.id, id)
    breakdowns.push(...breakdownsOf(poll.questions, id, named(counts, choices)))
  }
  for (const axis of ['area', 'channel'] as const) {
    const counts = merged(await countByMember(db, poll.id, axis), directory)
    breakdowns.push(...breakdownsOf(poll.questions, axis, named(counts, choices)))
  }
  await insertBreakdowns(db, poll.id, breakdowns)
  return (await storedBreakdowns(db, poll.id))!
}

export const hasClosed = ({ closesAt }: PollRow, minute: number): boolean =>
  closesAt <= minute * MINUTE

/** What the members told of are called now. */
export function namesIn(
  { breakdowns }: StoredBreakdowns,
  directory: Directory,
): ToldBreakdowns['members'] {
  const named = (axis: 'area' | 'channel') => {
    const told = breakdowns.filter(({ group }) => group === axis).flatMap(({ values }) => values)
    const codes = new Set(told.map(({ id }) => id))
    return directory.membersOf(axis).filter(({ code }) => codes.has(code))
  }
  return { area: named('area'), channel: named('channel') }
}

type Choices = ReadonlyMap<number, Pick<GroupCount, 'question' | 'choice'>>

function choicesOf({ code, questions }: PollRow, directory: Directory): Choices {
  return new Map(
    questions.flatMap(({ id: question, choices }) =>
      choices.map(({ id: choice }): [number, Pick<GroupCount, 'question' | 'choice'>] => [
        directory.find('choice', choiceCode(code, question, choice))!,
        { question, choice },
      ]),
    ),
  )
}

const named = (counts: readonly Counted[], choices: Choices): GroupCount[] =>
  counts.map((one) => ({ ...one, ...choices.get(one.choice)! }))

/** Under the codes that stand for the members now. */
function merged(counts: readonly Counted[], directory: Directory): Counted[] {
  const sums = new Map<string, Counted>()
  for (const { choice, value, offered, chosen } of counts) {
    const code = directory.codeOf(directory.rootOf(Number(value)))
    const key = `${choice} ${code}`
    const sum = sums.get(key) ?? { choice, value: code, offered: 0, chosen: 0 }
    sums.set(key, { ...sum, offered: sum.offered + offered, chosen: sum.chosen + chosen })
  }
  return [...sums.values()]
}
