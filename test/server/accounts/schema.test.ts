import { getAuthTables } from 'better-auth/db'
import { expect, test } from 'vitest'
import { authOptions } from '../../../server/accounts/auth.ts'
import { readConfig } from '../../../server/config.ts'
import { createLog } from '../../../server/log.ts'
import { freshDatabase } from '../../support/database.ts'

const TYPES: Record<string, readonly string[]> = {
  string: ['text'],
  boolean: ['boolean'],
  date: ['timestamp with time zone'],
  number: ['integer', 'bigint'],
}

const snake = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

test('our tables are those that better-auth wants, column by column', async () => {
  await using database = await freshDatabase()
  const { db } = database
  const parts = { db, demo: false, secret: '', log: createLog('silent'), onFirst: async () => {} }
  const tables = getAuthTables(authOptions({ ...parts, config: readConfig({}).accounts }))
  expect(Object.keys(tables)).toHaveLength(6)

  for (const [name, { modelName, fields }] of Object.entries(tables)) {
    const wanted = Object.entries(fields).map(([key, { fieldName, type, required }]) => ({
      column: snake(fieldName ?? key),
      types: TYPES[String(type)],
      isNullable: required === false,
    }))
    const found = await database.sql<{ column: string; type: string; isNullable: boolean }[]>`
      select column_name as column, data_type as type, is_nullable = 'YES' as "isNullable"
      from information_schema.columns where table_name = ${snake(modelName)} and column_name <> 'id'`
    const byName = new Map(found.map((one) => [one.column, one]))
    expect([...byName.keys()].sort(), name).toEqual(wanted.map(({ column }) => column).sort())
    for (const { column, types, isNullable } of wanted) {
      expect(types, column).toContain(byName.get(column)!.type)
      expect(byName.get(column)!.isNullable, `${name}.${column}`).toBe(isNullable)
    }
  }
})
