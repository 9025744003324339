import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import type { Sql } from '../../server/db/connect.ts'

interface Column {
  /** As rows call it. */
  key: string
  type: string
}

/** Copies rows into a table, whatever columns it has: those that a row does not state are null. */
export async function copyInto(sql: Sql, table: string) {
  const columns = await sql<Column[]>`
    select data_type as type,
      regexp_replace(initcap(column_name), '_', '', 'g') as key
    from information_schema.columns where table_name = ${table} order by ordinal_position
  `
  const keyed = columns.map(({ key, type }) => ({
    key: key[0]!.toLowerCase() + key.slice(1),
    type,
  }))
  const stream = await sql`copy ${sql(table)} from stdin`.writable()

  return {
    async take(rows: readonly object[]): Promise<void> {
      const text = rows.map((row) => lineOf(row as Record<string, unknown>, keyed)).join('')
      if (!stream.write(text)) await once(stream, 'drain')
    },
    async end(): Promise<void> {
      stream.end()
      await finished(stream)
    },
  }
}

function lineOf(row: Record<string, unknown>, columns: readonly Column[]): string {
  return `${columns.map(({ key, type }) => cellOf(row[key], type)).join('\t')}\n`
}

function cellOf(value: unknown, type: string): string {
  if (value === null || value === undefined) return '\\N'
  if (type.startsWith('timestamp')) return new Date(value as number).toISOString()
  if (type === 'bytea') return `\\\\x${(value as Buffer).toString('hex')}`
  const text = type === 'jsonb' ? JSON.stringify(value) : String(value)
  return text.replace(/[\\\t\n\r]/g, (sign) => `\\${sign}`)
}
