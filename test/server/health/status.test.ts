import { expect, test } from 'vitest'
import { contributionsVersion } from '#shared/measures/contributions.ts'
import type { ServerStatus } from '#shared/server-status.ts'
import { protocol } from '#shared/wire.ts'
import { runningApp } from '../../support/app.ts'
import { ndjson, newSource, ticket } from '../../support/events.ts'

const statusOf = async (app: Awaited<ReturnType<typeof runningApp>>) =>
  (await (await app.get('/api/v1/status')).json()) as ServerStatus

test('says what runs here, and how far the journal is', async () => {
  await using app = await runningApp({ sourceUrl: 'https://example.org/source' })
  expect((await statusOf(app)).journal).toEqual({ seq: 0, writtenAt: null })
  const source = await newSource(app)
  await source.send(ndjson(ticket()))
  await expect.poll(async () => (await statusOf(app)).journal.seq).toBe(1)
  const status = await statusOf(app)

  expect(status).toMatchObject({
    version: '0.1.0',
    protocol,
    contributions: contributionsVersion,
    timeZone: 'UTC',
    clock: 'database',
    sourceUrl: 'https://example.org/source',
    load: { sockets: 0 },
  })
  const [newest] = await app.sql`select max(name) as name from kysely_migration`
  expect(status.schema).toBe(newest!.name)
  expect(status.cube.days).toBe(400)
  expect(status.journal.writtenAt).toMatch(/:00\.000Z$/)
  expect(Date.now() - Date.parse(status.journal.writtenAt!)).toBeLessThan(120_000)
})

test('I8: contributions come to two digits, so that no single survey is told', async () => {
  await using app = await runningApp()
  const source = await newSource(app)
  const at = (i: number) => new Date(Date.UTC(2026, 2, 1, 9, i)).toISOString()
  await source.send(ndjson(...Array.from({ length: 41 }, (_, i) => ticket({ receivedAt: at(i) }))))
  await expect.poll(async () => (await statusOf(app)).cube.contributions).toBeGreaterThan(100)

  const { contributions } = (await statusOf(app)).cube
  expect(String(contributions).replace(/0+$/, '').length).toBeLessThanOrEqual(2)
})

test('views and sockets are told only where the metrics are public', async () => {
  await using app = await runningApp({ metricsToken: 'long enough' })
  expect(await statusOf(app)).not.toHaveProperty('load')
  expect(await statusOf(app)).not.toHaveProperty('sourceUrl')
})
