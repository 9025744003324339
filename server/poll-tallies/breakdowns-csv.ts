import type { Breakdown } from '#shared/polls/told.ts'
import type { PollRow } from '../polls/poll-queries.ts'
import { csvLine } from '../views/csv.ts'

const header = ['question', 'group', 'value', 'n', 'choice', 'chosen']

/** A line for each choice by each value of a group; nothing where fewer than ten are told. */
export function breakdownsCsv(
  { questions }: Pick<PollRow, 'questions'>,
  breakdowns: readonly Breakdown[],
): string {
  const lines = breakdowns.flatMap(({ question, group, values }) => {
    const choices = questions.find(({ id }) => id === question)!.choices
    return values.flatMap(({ id, n, chosen }) =>
      choices.map((choice, place) => [question, group, id, n, choice.id, chosen[place] ?? null]),
    )
  })
  return [header, ...lines].map(csvLine).join('')
}
