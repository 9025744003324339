import type { KyselyPlugin } from 'kysely'
import { expect, test } from 'vitest'
import { authenticator } from '../../../server/sources/authenticate.ts'
import { rateLimit } from '../../../server/http/rate-limit.ts'
import { addSource } from '../../../server/sources/sources.ts'
import { freshDatabase } from '../../support/database.ts'

const ADDRESS = '192.0.2.1'
const unlimited = rateLimit({ windows: [], of: 'wrong keys' })

/** Counts the queries that go through a connection. */
function counting() {
  const plugin: KyselyPlugin & { queries: number } = {
    queries: 0,
    transformQuery({ node }) {
      plugin.queries++
      return node
    },
    transformResult: ({ result }) => Promise.resolve(result),
  }
  return plugin
}

test('many requests with one key at once ask the database once, and each gets the source', async () => {
  await using city = await freshDatabase()
  const { id, key } = await addSource(city.db, { name: 'phone', kind: 'hotline' })
  const counter = counting()
  const authenticate = authenticator(city.db.withPlugin(counter), unlimited)

  const all = Array.from({ length: 64 }, () => authenticate(`Bearer ${key}`, ADDRESS))

  expect(new Set((await Promise.all(all)).map((source) => source.id))).toEqual(new Set([id]))
  expect(counter.queries).toBe(1)
})

test('many requests with a wrong key at once are all refused, and the next asks again', async () => {
  await using city = await freshDatabase()
  const counter = counting()
  const authenticate = authenticator(city.db.withPlugin(counter), unlimited)
  const refused = () =>
    authenticate('Bearer clr_wrong', ADDRESS).catch((error: Error) => error.message)

  const all = await Promise.all(Array.from({ length: 64 }, refused))
  await refused()

  expect(new Set(all).size).toBe(1)
  expect(all[0]).toMatch(/belongs to no source/)
  expect(counter.queries).toBe(2)
})
