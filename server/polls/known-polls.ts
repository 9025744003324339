import type { PollKind } from '#shared/polls/answer.ts'
import { choiceCode } from '#shared/polls/names.ts'
import type { Db } from '../db/connect.ts'
import { memberIds, type PollRow, pollsCalled } from './poll-queries.ts'

/** What of a poll decides about answers to it. It never changes. */
export interface KnownPoll {
  id: number
  kind: PollKind
  opensAt: number
  closesAt: number
  isSealed: boolean
  /** By their ids, the members of their choices by theirs. */
  questions: ReadonlyMap<string, { most: number; choices: ReadonlyMap<string, number> }>
  groups: ReadonlyMap<string, ReadonlySet<string>>
}

export interface KnownPolls {
  /** Reads those of the polls that are not known yet, in two statements. */
  learn(codes: Iterable<string>): Promise<void>
  called(code: string): KnownPoll | undefined
}

/** Polls as intake needs them, read once. */
export function openKnownPolls(db: Db): KnownPolls {
  const known = new Map<string, KnownPoll>()
  return {
    async learn(codes) {
      const strange = [...new Set(codes)].filter((code) => !known.has(code))
      if (strange.length === 0) return
      const rows = await pollsCalled(db, strange)
      const ids = await memberIds(db, 'choice', rows.flatMap(choiceCodes))
      for (const row of rows) known.set(row.code, knownFrom(row, ids))
    },
    called: (code) => known.get(code),
  }
}

const choiceCodes = ({ code, questions }: PollRow): string[] =>
  questions.flatMap(({ id, choices }) => choices.map((choice) => choiceCode(code, id, choice.id)))

function knownFrom(row: PollRow, ids: ReadonlyMap<string, number>): KnownPoll {
  const { id, code, kind, opensAt, closesAt, isSealed } = row
  const questions = row.questions.map(({ id: question, most, choices }) => {
    const members = choices.map((choice): [string, number] => [
      choice.id,
      ids.get(choiceCode(code, question, choice.id))!,
    ])
    return [question, { most, choices: new Map(members) }] as const
  })
  const groups = row.groups.map(
    (group) => [group.id, new Set(group.values.map((value) => value.id))] as const,
  )
  return {
    ...{ id, kind, opensAt, closesAt, isSealed },
    questions: new Map(questions),
    groups: new Map(groups),
  }
}
