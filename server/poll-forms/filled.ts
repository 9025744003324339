import { textIn } from '../forms/text-in.ts'
import type { PollRow } from '../polls/poll-queries.ts'
import { type Fields, LONGEST, named, plainText } from './events-of.ts'
import type { FormWords } from './words.ts'

/** What a form came back with, as it is shown again: nothing that was chosen or written is lost. */
export interface Filled {
  /** `q.hours=ten`, `s.3=agree`, `g.age=old`. */
  given: ReadonlySet<string>
  statement: string
}

export const empty: Filled = { given: new Set(), statement: '' }

export function filledFrom(fields: Fields): Filled {
  const given = ['q.', 's.', 'g.'].flatMap((prefix) =>
    named(fields, prefix).flatMap(([id, values]) => values.map((one) => `${prefix}${id}=${one}`)),
  )
  return { given: new Set(given), statement: plainText(fields.statement) }
}

interface Reading {
  poll: PollRow
  words: FormWords
  languages: readonly string[]
}

/** What somebody has to change before it can be taken, in their words. */
export function faultIn(fields: Fields, { poll, words, languages }: Reading): string | undefined {
  const chosen = new Map(named(fields, 'q.'))
  const full = poll.questions.find(({ id, most }) => (chosen.get(id)?.length ?? 0) > most)
  if (full) return `${textIn(full.texts, languages)} ${words.upTo(full.most)}`
  return plainText(fields.statement).length > LONGEST ? words.tooLong(LONGEST) : undefined
}
