import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import type { Receipt } from '#shared/events.ts'
import { defaultPolicy } from '#shared/policy.ts'
import { type App, createApp } from '../../server/app.ts'
import { readConfig } from '../../server/config.ts'
import { newSigner } from '../../server/ledger/signer.ts'
import { listen } from '../../server/listen.ts'
import { createLog } from '../../server/log.ts'
import { insertPolicy } from '../../server/policies/queries.ts'
import { addSource } from '../../server/sources/sources.ts'
import { freshDatabase } from '../support/database.ts'
import { serverProcess } from '../support/server-process.ts'

/** Of a worker: all its cities are at one address, so that a browser has the page of the one before. */
const port = await freePort()

/** Of a city that this process serves: every log is signed by one key. */
const LEDGER_KEY = newSigner('example.org/ledger').line

type Env = Record<string, string>

/**
 * A small city, served by the process of its tests: a start costs a tenth of what one of a process does. Its server
 * can stop and go on; who wants to kill its process asks for a `mortalCity`.
 */
export async function smallCity(env: Env = {}) {
  const { database, ...city } = await foundedCity()
  const config = readConfig({ PORT: String(port), DEMO: 'off', LEDGER_KEY, ...env })
  const sockets = new Set<Socket>()
  let app = await start()

  async function start(): Promise<App | undefined> {
    const started = createApp({ ...database, config, log: createLog('silent') })
    started.http.on('connection', (socket) => {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
    })
    await listen(started.http, config)
    await started.ready
    return started
  }

  async function stop() {
    await app?.close()
    app = undefined
  }

  return {
    ...city,
    stop,
    /** To its pages as if its process were killed: nobody is told, and no connection is left. */
    async vanish() {
      app?.http.close()
      for (const socket of sockets) socket.destroy()
      await stop()
    },
    async goOn() {
      app = await start()
    },
    async [Symbol.asyncDispose]() {
      await stop()
      await database[Symbol.asyncDispose]()
    },
  }
}

/** A small city with a server process of its own, which can be killed and started again on its port. */
export async function mortalCity(env: Env = {}) {
  const { database, ...city } = await foundedCity()
  let server = await start()

  async function start() {
    const started = serverProcess({ DATABASE_URL: database.url, PORT: String(port), ...env })
    await started.origin()
    return started
  }

  return {
    ...city,
    /** What the server has said since it was last started. */
    said: () => server.output,
    kill: () => server.stop('SIGKILL'),
    async restart() {
      server = await start()
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
    },
  }
}

/** A city that nobody serves yet. */
async function foundedCity() {
  const database = await freshDatabase()
  await insertPolicy(database.db, {
    ...defaultPolicy,
    place: { names: { en: 'Port Halcyon', zh: '海晏港' }, demonstration: true },
    timeZone: 'Asia/Shanghai',
    opened: ['agency', 'area', 'category'],
    dueWithin: { default: 0.5, byCategory: {} },
    minN: 2,
  })
  const { key } = await addSource(database.db, { name: 'hotline', kind: 'api' })
  const origin = `http://127.0.0.1:${port}`

  return {
    database,
    origin,
    port,
    sql: database.sql,
    db: database.db,
    /** Posts tickets, each given what a test does not care about. */
    async post(...tickets: object[]) {
      const answer = await fetch(`${origin}/api/v1/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify(tickets.map((ticket) => ({ ...aTicket(), ...ticket }))),
      })
      const receipt = (await answer.json()) as Receipt
      if (receipt.accepted !== tickets.length) throw new Error(JSON.stringify(receipt))
    },
  }
}

function aTicket() {
  return {
    type: 'ticket',
    version: 1,
    receivedAt: new Date(Date.now() - 30_000).toISOString(),
    agency: 'Water',
    area: 'Old Town',
    category: 'Leaks',
    status: 'open',
  }
}

/** Outside of those that the system gives away itself: none of those is free for sure a moment later. */
async function freePort(): Promise<number> {
  const port = 20_000 + Math.floor(Math.random() * 10_000)
  const server = createServer().listen(port, '127.0.0.1')
  const isFree = await once(server, 'listening').then(
    () => true,
    () => false,
  )
  await new Promise((resolve) => server.close(resolve))
  return isFree ? port : freePort()
}
