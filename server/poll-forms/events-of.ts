import { PollResponseEvent, VoteEvent } from '#shared/polls/events.ts'
import { parse } from '../http/parse.ts'
import type { PollRow } from '../polls/poll-queries.ts'

type Fields = Readonly<Record<string, string | readonly string[] | undefined>>

interface From {
  poll: PollRow
  person: string
  version: number
  at: number
}

/** What the fields of a form say, as events of the intake; none where nothing was chosen. Throws a 400. */
export function eventsOf(fields: Fields, { poll, ...from }: From) {
  const told = { poll: poll.code, person: from.person, version: from.version }
  const at = new Date(from.at).toISOString()
  if (poll.kind === 'agreement') {
    return named(fields, 's.').map(([statement, [vote]]) =>
      parse(VoteEvent, { type: 'vote', ...told, statement, vote, votedAt: at }),
    )
  }
  const answers = Object.fromEntries(named(fields, 'q.'))
  if (Object.keys(answers).length === 0) return []
  const groups = Object.fromEntries(named(fields, 'g.').map(([id, [value]]) => [id, value]))
  const event = { type: 'poll-response', ...told, answeredAt: at, answers, groups, channel: 'form' }
  return [parse(PollResponseEvent, event)]
}

/** Fields under a prefix that hold anything. */
function named(fields: Fields, prefix: string): [id: string, values: string[]][] {
  return Object.entries(fields).flatMap(([name, value]): [string, string[]][] => {
    if (!name.startsWith(prefix)) return []
    const values = [value ?? []].flat().filter((one) => one !== '')
    return values.length === 0 ? [] : [[name.slice(prefix.length), values]]
  })
}
