import { stands } from '#shared/opinions/votes.ts'
import { choiceCode } from '#shared/polls/names.ts'
import type { Db } from '../db/connect.ts'
import type { Directory } from '../dimensions/directory.ts'
import type { PollRow, publishedStatements } from '../polls/poll-queries.ts'
import { answersBy } from './queries.ts'

interface Asked {
  poll: PollRow
  statements: Awaited<ReturnType<typeof publishedStatements>>
  person: string
  directory: Directory
}

/** What somebody has answered so far, as the form's own fields: `q.hours=ten`, `s.3=agree`, `g.age=old`. */
export async function givenBy(db: Db, asked: Asked): Promise<ReadonlySet<string>> {
  const { poll, person } = asked
  const codes = new Map(asked.statements.map(({ id, code }) => [id, code]))
  const statements = poll.kind === 'agreement' ? [...codes.keys()] : [0]
  const rows = await answersBy(db, { poll: poll.id, person, statements })
  const fields = rows.flatMap(({ statement, vote, chosen, groups }) => [
    ...(vote === null ? [] : [`s.${codes.get(statement)}=${stands[1 - vote]}`]),
    ...choicesOf(asked, new Set(chosen)),
    ...Object.entries(groups).map(([id, value]) => `g.${id}=${value}`),
  ])
  return new Set(fields)
}

const choicesOf = ({ poll, directory }: Asked, chosen: ReadonlySet<number>): string[] =>
  poll.questions.flatMap(({ id, choices }) =>
    choices
      .filter((one) => chosen.has(directory.find('choice', choiceCode(poll.code, id, one.id)) ?? 0))
      .map((one) => `q.${id}=${one.id}`),
  )
