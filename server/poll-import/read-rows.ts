import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { parse } from 'csv-parse'
import { stands } from '#shared/opinions/votes.ts'

export const kinds = ['answers', 'statements', 'votes'] as const
export type Kind = (typeof kinds)[number]

type Cells = Readonly<Record<string, string>>

/** A line of a file, as the event that a source would have sent. */
export interface Told {
  line: number
  event: object
}

/** The rows of a CSV file, plain or .gz, as events. */
export async function* readRows(file: string, kind: Kind, poll: string): AsyncGenerator<Told> {
  const bytes = createReadStream(file)
  const rows = (file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes).pipe(
    parse({ columns: true, bom: true, info: true, relax_column_count: true }),
  )
  for await (const { record, info } of rows as AsyncIterable<{
    record: Cells
    info: { lines: number }
  }>) {
    yield { line: info.lines, event: { ...eventsBy[kind](record), poll } }
  }
}

const eventsBy: Record<Kind, (cells: Cells) => object> = {
  answers: answerOf,
  statements: statementOf,
  votes: voteOf,
}

/** The first of the columns that the file has; its own names, or those of an export of Polis. */
const cell = (cells: Cells, ...names: string[]): string | undefined =>
  names.map((name) => cells[name]).find((value) => value !== undefined && value !== '')

/** Milliseconds, or ISO text as it stands. */
function timeIn(cells: Cells): string | undefined {
  const text = cell(cells, 'at', 'timestamp')
  return text !== undefined && /^-?\d{1,15}$/.test(text)
    ? new Date(Number(text)).toISOString()
    : text
}

/** Without one, the time: later is newer. */
function versionIn(cells: Cells, at: string | undefined): number {
  return Number(cell(cells, 'version') ?? Date.parse(at ?? ''))
}

function voteOf(cells: Cells): object {
  const votedAt = timeIn(cells)
  const vote = cell(cells, 'vote')
  return {
    type: 'vote',
    person: cell(cells, 'person', 'voter-id'),
    statement: cell(cells, 'statement', 'comment-id'),
    version: versionIn(cells, votedAt),
    votedAt,
    // As exports write them: 1, 0, −1.
    vote: vote !== undefined && /^-?[01]$/.test(vote) ? stands[1 - Number(vote)] : vote,
  }
}

function statementOf(cells: Cells): object {
  const receivedAt = timeIn(cells)
  const isWithheld = cell(cells, 'status') === 'withheld' || cell(cells, 'moderated') === '-1'
  return {
    type: 'statement',
    id: cell(cells, 'id', 'comment-id'),
    version: versionIn(cells, receivedAt),
    receivedAt,
    texts: { [cell(cells, 'language') ?? 'en']: cell(cells, 'text', 'comment-body') },
    isSeed: cell(cells, 'seed', 'is-seed') === 'true',
    ...(isWithheld && { status: 'withheld', reason: cell(cells, 'reason') ?? 'off-topic' }),
  }
}

/** `q.QUESTION` and `g.GROUP` are columns of their own; several choices stand between semicolons. */
function answerOf(cells: Cells): object {
  const answeredAt = timeIn(cells)
  return {
    type: 'poll-response',
    person: cell(cells, 'person'),
    version: versionIn(cells, answeredAt),
    answeredAt,
    channel: cell(cells, 'channel'),
    area: cell(cells, 'area'),
    answers: under(cells, 'q.', (text) => text.split(';').map((one) => one.trim())),
    groups: under(cells, 'g.', (text) => text),
  }
}

function under<T>(cells: Cells, prefix: string, read: (text: string) => T): Record<string, T> {
  const named = Object.entries(cells).filter(
    ([name, text]) => name.startsWith(prefix) && text !== '',
  )
  return Object.fromEntries(named.map(([name, text]) => [name.slice(prefix.length), read(text)]))
}
