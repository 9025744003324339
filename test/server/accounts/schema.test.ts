import { getMigrations } from 'better-auth/db/migration'
import { expect, test } from 'vitest'
import { authOptions } from '../../../server/accounts/auth.ts'
import { readConfig } from '../../../server/config.ts'
import { createLog } from '../../../server/log.ts'
import { freshDatabase } from '../../support/database.ts'

test('the tables are those that better-auth wants', async () => {
  await using database = await freshDatabase()
  const options = authOptions({
    db: database.db,
    config: readConfig({}).accounts,
    demo: false,
    secret: 'x'.repeat(40),
    log: createLog('silent'),
    onFirst: async () => {},
  })
  // The tool that compares knows no plugin that renames: it is told the names as PostgreSQL has them.
  const { toBeCreated, toBeAdded } = await getMigrations(options)
  expect(toBeCreated).toEqual([])
  expect(toBeAdded).toEqual([])
})
