import { choiceCode, statementCode } from '#shared/polls/names.ts'
import type { PollDetail, PollLine } from '#shared/polls/told.ts'
import { NONE } from '#shared/view.ts'
import type { Directory } from '../dimensions/directory.ts'
import type { PollRow, publishedStatements } from './poll-queries.ts'

export function toldLine(row: PollRow, directory: Directory): PollLine {
  const { code, kind, titles, opensAt, closesAt, isSealed } = row
  const agency = directory.codeOf(directory.rootOf(row.agency))
  return {
    code,
    kind,
    titles,
    opensAt,
    closesAt,
    isSealed,
    agency: agency === NONE ? null : agency,
  }
}

interface Details {
  statements: Awaited<ReturnType<typeof publishedStatements>>
  withheld: PollDetail['withheld']
  waiting: number
  directory: Directory
}

export function toldDetail(
  row: PollRow,
  { statements, withheld, waiting, directory }: Details,
): PollDetail {
  const { summaries, hasForm, takesStatements, groups } = row
  return {
    ...toldLine(row, directory),
    ...{ summaries, hasForm, takesStatements, groups, withheld, waiting },
    questions: row.questions.map(({ choices, ...question }) => ({
      ...question,
      choices: choices.map((one) => ({ ...one, key: choiceCode(row.code, question.id, one.id) })),
    })),
    statements: statements.map(({ code, texts, isSeed, receivedAt }) => ({
      ...{ id: code, texts, isSeed, receivedAt },
      key: statementCode(row.code, code),
    })),
  }
}
