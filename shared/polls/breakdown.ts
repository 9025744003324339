import type { Breakdown, Question, RoundedCount } from './told.ts'

/** Below this nobody is told apart. */
const SMALL = 10

/** How many of one value of a group were asked a choice, and chose it. */
export interface GroupCount {
  question: string
  choice: string
  value: string
  offered: number
  chosen: number
}

/** A count that lays nobody bare: none below ten, and then to the nearest five. */
const roundedCount = (n: number): RoundedCount => (n < SMALL ? null : Math.round(n / 5) * 5)

/** Each question by the values of one group, of which those with fewer than ten answers are not named. */
export function breakdownsOf(
  questions: readonly Question[],
  group: string,
  counts: readonly GroupCount[],
): Breakdown[] {
  return questions.flatMap(({ id: question, choices }) => {
    const own = Map.groupBy(
      counts.filter((one) => one.question === question),
      ({ value }) => value,
    )
    const values = [...own].flatMap(([id, all]) => {
      const n = roundedCount(Math.max(...all.map(({ offered }) => offered)))
      if (n === null) return []
      const chosenOf = (choice: string) => all.find((one) => one.choice === choice)?.chosen ?? 0
      return [{ id, n, chosen: choices.map((choice) => roundedCount(chosenOf(choice.id))) }]
    })
    return values.length === 0 ? [] : [{ question, group, values: values.sort(byId) }]
  })
}

const byId = (one: { id: string }, other: { id: string }): number => (one.id < other.id ? -1 : 1)
