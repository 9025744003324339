import { createServer } from 'node:http'
import express from 'express'
import { expect, test } from 'vitest'
import { openIntake } from '../../../server/intake/intake.ts'
import { intakeLimits } from '../../../server/intake/limits.ts'
import { intakeRoutes } from '../../../server/intake/routes.ts'
import { listen } from '../../../server/listen.ts'
import { createLog } from '../../../server/log.ts'
import { requireEventClock } from '../../../server/replay/check-clock.ts'
import { tellServer } from '../../../server/replay/tell-server.ts'
import { addSource } from '../../../server/sources/sources.ts'
import { freshDatabase } from '../../support/database.ts'
import { ticketJson } from './ticket-json.ts'

/** The intake of a server on a free port, over a private database, with one source. */
async function runningIntake() {
  const database = await freshDatabase()
  const intake = await openIntake(database)
  const log = createLog('silent')
  const limits = intakeLimits({ eventsPerMinute: 0, addressOf: () => '', patience: 10_000 })
  const web = express().use('/api/v1', intakeRoutes({ ...database, intake, log, limits }))
  const server = await serve(web)
  const { key } = await addSource(database.db, { name: 'Replay', kind: 'file' })

  return {
    ...server,
    db: database.db,
    key,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await intake.close()
      await database[Symbol.asyncDispose]()
    },
  }
}

async function serve(handler: Parameters<typeof createServer>[1]) {
  const http = createServer(handler!)
  const port = await listen(http, { port: 0, host: '127.0.0.1' })
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
    },
  }
}

test('events go through the intake of a server, and say what became of them', async () => {
  await using server = await runningIntake()
  const tell = tellServer(server)
  const good = ticketJson({ id: 'good' })
  const bad = ticketJson({ id: 'bad', version: -1 })

  expect(await tell([good, bad])).toMatchObject({
    accepted: 1,
    rejected: 1,
    reasons: [expect.stringMatching(/^bad: version: /)],
  })
  expect(await tell([good])).toMatchObject({ accepted: 0, unchanged: 1, rejected: 0 })
})

test('events that are all rejected are no failure', async () => {
  await using server = await runningIntake()

  expect(await tellServer(server)([ticketJson({ version: -1 })])).toMatchObject({
    accepted: 0,
    rejected: 1,
  })
})

test('a wrong key ends it with the words of the server', async () => {
  await using server = await runningIntake()

  await expect(tellServer({ ...server, key: 'clr_no' })([ticketJson()])).rejects.toThrow(
    /answers 401: .*key/,
  )
})

test('a server that is busy is asked again', async () => {
  let asked = 0
  await using server = await serve((_, res) => {
    if (++asked < 3) return void res.writeHead(503).end()
    res.end(JSON.stringify({ accepted: 1, unchanged: 0, conflicting: 0, stale: 0, rejected: [] }))
  })

  expect(await tellServer({ ...server, key: 'k' })([ticketJson()])).toMatchObject({ accepted: 1 })
  expect(asked).toBe(3)
})

test('a server that goes by the clock of its database is refused a faster history', async () => {
  const answering = (body: unknown) => serve((_, res) => void res.end(JSON.stringify(body)))
  await using byEvents = await answering({ clock: 'events', timeZone: 'UTC' })
  await using byDatabase = await answering({ clock: 'database' })
  await using other = await answering('hello')

  await requireEventClock(byEvents.url)
  await expect(requireEventClock(byDatabase.url)).rejects.toThrow(/Start it with CLOCK=events/)
  await expect(requireEventClock(other.url)).rejects.toThrow(/does not say what its clock is/)
  await expect(requireEventClock('http://127.0.0.1:1')).rejects.toThrow(/does not answer/)
})
