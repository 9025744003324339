import { type RawBuilder, sql } from 'kysely'
import type { TicketRow } from './row.ts'

type Kind =
  'int' | 'bigint' | 'smallint' | 'float8' | 'boolean' | 'text' | 'bytea' | 'jsonb' | 'instant'

/** Every column of a ticket that intake writes, in the order in which statements list them. */
const columns: Record<keyof TicketRow, [name: string, kind: Kind]> = {
  sourceId: ['source_id', 'int'],
  id: ['id', 'text'],
  version: ['version', 'bigint'],
  digest: ['digest', 'bytea'],
  status: ['status', 'text'],
  precision: ['precision', 'text'],
  receivedAt: ['received_at', 'instant'],
  respondedAt: ['responded_at', 'instant'],
  respondBy: ['respond_by', 'instant'],
  statedDueAt: ['stated_due_at', 'instant'],
  dueAt: ['due_at', 'instant'],
  closedAt: ['closed_at', 'instant'],
  closeReason: ['close_reason', 'text'],
  reopenings: ['reopenings', 'jsonb'],
  agency: ['agency', 'int'],
  area: ['area', 'int'],
  category: ['category', 'int'],
  channel: ['channel', 'int'],
  language: ['language', 'int'],
  transfers: ['transfers', 'int'],
  surveyAt: ['survey_at', 'instant'],
  surveyResolved: ['survey_resolved', 'boolean'],
  surveySatisfaction: ['survey_satisfaction', 'smallint'],
  satisfied: ['satisfied', 'boolean'],
  policyVersion: ['policy_version', 'int'],
  lat: ['lat', 'float8'],
  lon: ['lon', 'float8'],
  summary: ['summary', 'text'],
  duplicateOf: ['duplicate_of', 'text'],
  correction: ['correction', 'bigint'],
}

const keys = Object.keys(columns) as (keyof TicketRow)[]

/** `source_id, id, …`, to stand before `batch`. */
export const columnNames = sql.raw(keys.map((key) => columns[key][0]).join(', '))

/** `(before).source_id, …`: the columns of a whole row called `before`. */
export const columnsOfBefore = sql.raw(keys.map((key) => `(before).${columns[key][0]}`).join(', '))

/** `source_id = excluded.source_id, …` for every column but the key. */
export const columnsFromExcluded = sql.raw(
  keys
    .map((key) => columns[key][0])
    .filter((name) => name !== 'source_id' && name !== 'id')
    .map((name) => `${name} = excluded.${name}`)
    .join(', '),
)

/** A table expression of the rows: one array per column, so that a batch of any size is one statement. */
export function unnested(rows: readonly TicketRow[]): RawBuilder<unknown> {
  const arrays = keys.map((key) => {
    const kind = columns[key][1]
    const type = kind === 'instant' ? 'bigint' : kind
    return sql`${arrayText(rows, key, kind)}::text::${sql.raw(type)}[]`
  })
  const selected = keys.map((key) => {
    const [name, kind] = columns[key]
    return sql.raw(kind === 'instant' ? `to_timestamp(${name} / 1000.0)` : name)
  })
  return sql`(select ${sql.join(selected)} from unnest(${sql.join(arrays)}) as told (${columnNames}))`
}

function arrayText(rows: readonly TicketRow[], key: keyof TicketRow, kind: Kind): string {
  let text = '{'
  for (const row of rows) {
    const value = row[key]
    if (text.length > 1) text += ','
    text += value === null ? 'NULL' : elementText(value, kind)
  }
  return `${text}}`
}

function elementText(value: NonNullable<TicketRow[keyof TicketRow]>, kind: Kind): string {
  if (kind === 'text') return quoted(value as string)
  if (kind === 'bytea') return `"\\\\x${(value as Buffer).toString('hex')}"`
  if (kind === 'jsonb') return quoted(JSON.stringify(value))
  return String(value)
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`
}
