import type { Tally } from '#shared/oversight/evidence-of-opinions.ts'
import type { PollRow } from '../polls/poll-queries.ts'
import { csvLine } from '../views/csv.ts'

type Texts = Readonly<Record<string, string>>

/** A line for each choice or statement: how often it was taken, Wilson's 95 % interval, and its texts by language. */
export function talliesCsv(poll: PollRow, tallies: readonly Tally[]): string {
  const isOfQuestions = poll.kind === 'choices'
  const counts = isOfQuestions ? ['chosen'] : ['agree', 'disagree', 'pass']
  const asks = new Map(poll.questions.map(({ id, texts }) => [id, texts]))
  const lines = tallies.map(({ key, texts, fields, interval }) => {
    const [, ...ids] = key.split('/')
    const figures = [...counts, 'n', 'value'].map((name) => fields[name] ?? null)
    const said = isOfQuestions ? [asks.get(ids[0]!)!, texts ?? {}] : [texts ?? {}]
    return { figures: [...ids, ...figures, interval?.[0] ?? null, interval?.[1] ?? null], said }
  })
  const languages = [...new Set(lines.flatMap(({ said }) => said.flatMap(Object.keys)))].sort()
  const of = isOfQuestions ? ['question', 'choice'] : ['statement']
  const header = [...of, ...counts, 'n', 'value', 'low', 'high', ...named(of, languages)]
  const body = lines.map(({ figures, said }) => [...figures, ...inAll(said, languages)])
  return [header, ...body].map(csvLine).join('')
}

/** `question.en`, `question.zh`, `choice.en` … */
const named = (of: readonly string[], languages: readonly string[]): string[] =>
  of.flatMap((one) => languages.map((language) => `${one}.${language}`))

const inAll = (said: readonly Texts[], languages: readonly string[]) =>
  said.flatMap((texts) => languages.map((language) => texts[language] ?? null))
