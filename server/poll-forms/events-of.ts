import { hash } from 'node:crypto'
import { PollResponseEvent, StatementEvent, VoteEvent } from '#shared/polls/events.ts'
import { parse } from '../http/parse.ts'
import type { PollRow } from '../polls/poll-queries.ts'

export type Fields = Readonly<Record<string, string | readonly string[] | undefined>>

interface From {
  poll: PollRow
  person: string
  version: number
  at: number
  /** Of what is written in it. */
  language: string
}

/** Characters of a statement that is added: one thought, on which others agree or not. */
export const LONGEST = 280

/** What the fields of a form say, as events of the intake; none where nothing was chosen. Throws a 400. */
export function eventsOf(fields: Fields, { poll, ...from }: From) {
  const told = { poll: poll.code, person: from.person, version: from.version }
  const at = new Date(from.at).toISOString()
  if (poll.kind === 'agreement') {
    const votes = named(fields, 's.').map(([statement, [vote]]) =>
      parse(VoteEvent, { type: 'vote', ...told, statement, vote, votedAt: at }),
    )
    return [...votes, ...addedBy(fields, { poll, ...from })]
  }
  const answers = Object.fromEntries(named(fields, 'q.'))
  if (Object.keys(answers).length === 0) return []
  const groups = Object.fromEntries(named(fields, 'g.').map(([id, [value]]) => [id, value]))
  const event = { type: 'poll-response', ...told, answeredAt: at, answers, groups, channel: 'form' }
  return [parse(PollResponseEvent, event)]
}

/** What a person adds; the same words of one person are one statement, however often they are sent. */
function addedBy(fields: Fields, { poll, person, at, language }: From): StatementEvent[] {
  const text = plainText(fields.statement)
  if (text === '' || !poll.takesStatements) return []
  const id = `p-${hash('sha256', `${person} ${text}`, 'hex').slice(0, 24)}`
  const texts = { [language]: text }
  const event = { type: 'statement', poll: poll.code, id, version: 1, texts, status: 'waiting' }
  // What is sent again is unchanged: it was received when it was sent first.
  return [parse(StatementEvent, { ...event, receivedAt: new Date(at).toISOString() })]
}

export const plainText = (field: Fields[string]): string =>
  typeof field === 'string' ? field.trim().replaceAll(/\s+/gu, ' ') : ''

/** Fields under a prefix that hold anything. */
export function named(fields: Fields, prefix: string): [id: string, values: string[]][] {
  return Object.entries(fields).flatMap(([name, value]): [string, string[]][] => {
    if (!name.startsWith(prefix)) return []
    const values = [value ?? []].flat().filter((one) => one !== '')
    return values.length === 0 ? [] : [[name.slice(prefix.length), values]]
  })
}
