import { choiceCode, statementCode } from '#shared/polls/names.ts'
import type { PollDetail, PollLine } from '#shared/polls/told.ts'
import { NONE } from '#shared/view.ts'
import type { Directory } from '../dimensions/directory.ts'
import type { PollRow, publishedStatements } from './poll-queries.ts'

interface Around {
  waiting: number
  directory: Directory
}

export function toldLine(row: PollRow, { waiting, directory }: Around): PollLine {
  const { code, kind, titles, opensAt, closesAt, isSealed } = row
  const codeOf = (id: number): string | null => {
    const code = directory.codeOf(directory.rootOf(id))
    return code === NONE ? null : code
  }
  return {
    code,
    kind,
    titles,
    opensAt,
    closesAt,
    isSealed,
    agency: codeOf(row.agency),
    area: codeOf(row.area),
    category: codeOf(row.category),
    waiting,
  }
}

interface Details extends Around {
  statements: Awaited<ReturnType<typeof publishedStatements>>
  withheld: PollDetail['withheld']
}

export function toldDetail(row: PollRow, { statements, withheld, ...around }: Details): PollDetail {
  const { summaries, hasForm, takesStatements, groups } = row
  return {
    ...toldLine(row, around),
    ...{ summaries, hasForm, takesStatements, groups, withheld },
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
