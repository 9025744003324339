import { gzipSync } from 'node:zlib'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Receipt } from '#shared/events.ts'
import { addSource } from '../../../server/sources/sources.ts'
import { freshDatabase } from '../../support/database.ts'
import { ndjson, ticket } from '../../support/events.ts'
import { megabytes, stream, watchMemory } from '../../support/memory.ts'
import { serverProcess } from '../../support/server-process.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let server: ReturnType<typeof serverProcess>
let origin = ''
let key = ''

beforeAll(async () => {
  database = await freshDatabase()
  key = (await addSource(database.db, { name: 'phone', kind: 'hotline' })).key
  server = serverProcess({ DATABASE_URL: database.url, INTAKE_EVENTS_PER_MINUTE: '0' })
  origin = await server.origin()
  // The memory that any work takes is not what the rows are about.
  await post(ndjson(...Array.from({ length: 20_000 }, () => ticket())))
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

type Body = string | Buffer | ReadableStream

/** A server that has heard enough may hang up while the client still sends: the answer is there even so. */
async function post(body: Body, headers: Record<string, string> = {}) {
  const answer = await fetch(`${origin}/api/v1/events`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/x-ndjson',
      ...headers,
    },
    body,
    duplex: 'half',
  } as RequestInit)
  return { status: answer.status, ...((await answer.json()) as Partial<Receipt>) }
}

const gzip = { 'content-encoding': 'gzip' }
const json = { 'content-type': 'application/json' }
const good = ndjson(ticket())

/** Unpacks to so many megabytes of `byte`. Members of gzip may follow one another. */
function bomb(count: number, byte: string): Buffer {
  const member = gzipSync(Buffer.alloc(megabytes(10), byte))
  return Buffer.concat([gzipSync(good), ...Array<Buffer>(count / 10).fill(member)])
}

interface Hostile {
  body: () => Body
  headers?: Record<string, string>
  wanted: object
  /** MB that the server may take for it. */
  most: number
}

const refused = { accepted: 0, rejected: [] }
const tooLong = { line: 1, path: '', error: 'is longer than 64 kB' }

/** Far more than what the server may take for it. */
const LONG = megabytes(250)

const rows: Record<string, Hostile> = {
  'a gzip bomb of a gigabyte': {
    body: () => bomb(1000, 'x'),
    headers: gzip,
    wanted: { status: 413 },
    most: 100,
  },
  'a gzip bomb of a gigabyte of empty lines': {
    body: () => bomb(1000, '\n'),
    headers: gzip,
    wanted: { status: 413 },
    most: 100,
  },
  'a gzip bomb in a gzip bomb': {
    body: () => gzipSync(bomb(1000, 'x')),
    headers: gzip,
    wanted: { status: 400, accepted: 0 },
    most: 60,
  },
  'half a gzip': {
    body: () => gzipSync(ndjson(...Array.from({ length: 100 }, () => ticket()))).subarray(0, -20),
    headers: gzip,
    wanted: { status: 400, error: 'The body is not valid gzip.' },
    most: 60,
  },
  'one line of 250 MB': {
    body: () => stream(LONG, Buffer.alloc(megabytes(1), 'x')),
    wanted: { status: 400, rejected: [tooLong] },
    most: 100,
  },
  '100 MB of empty lines': {
    body: () => stream(megabytes(100), Buffer.alloc(megabytes(1), '\n')),
    wanted: { status: 200, ...refused },
    most: 100,
  },
  '60 MB of lines of 64 kB': {
    body: () => stream(megabytes(60), Buffer.from(`"${'x'.repeat(65_533)}"\n`)),
    wanted: { status: 400, accepted: 0, rejected: expect.any(Array) },
    most: 150,
  },
  'an array of 250 MB of commas': {
    body: () => stream(LONG, Buffer.alloc(megabytes(1), ','), '['),
    headers: json,
    wanted: { status: 400, accepted: 0 },
    most: 100,
  },
  'an array that opens 250 million others': {
    body: () => stream(LONG, Buffer.alloc(megabytes(1), '[')),
    headers: json,
    wanted: { status: 400, ...refused },
    most: 100,
  },
  'a text that never ends': {
    body: () => stream(LONG, Buffer.alloc(megabytes(1), 'x'), '["'),
    headers: json,
    wanted: { status: 400 },
    most: 100,
  },
}

test.each(Object.entries(rows))('I11: %s is answered in bounded memory', async (_, row) => {
  const body = row.body()
  const memory = await watchMemory(server.pid)
  const answer = await post(body, row.headers)

  expect(answer).toMatchObject(row.wanted)
  expect(await memory.grownBy()).toBeLessThan(row.most)
  expect(await post(ndjson(ticket()))).toMatchObject({ status: 200, accepted: 1 })
})

/** Sends as fast as it is taken, from another thread: a piece of a line that never ends. */
const ENDLESS = `
  const { workerData: { port, key }, parentPort } = require('node:worker_threads')
  let bytes = 0
  const piece = Buffer.alloc(16384, 'x')
  for (let i = 0; i < 20; i++) {
    const socket = require('node:net').connect(port, '127.0.0.1')
    socket.on('error', () => {})
    socket.write('POST /api/v1/events HTTP/1.1\\r\\nhost: x\\r\\nauthorization: Bearer ' + key +
      '\\r\\ncontent-type: application/x-ndjson\\r\\ncontent-length: 999999999999\\r\\n\\r\\n')
    const more = () => { do { bytes += piece.length } while (socket.write(piece)); parentPort.postMessage(bytes) }
    socket.on('drain', more)
    more()
  }
`

test('I11: twenty bodies that never end cost little, and do not keep others out', async () => {
  const memory = await watchMemory(server.pid)
  const port = Number(new URL(origin).port)
  const endless = new Worker(ENDLESS, { eval: true, workerData: { port, key } })
  let sent = 0
  endless.on('message', (bytes: number) => (sent = bytes))
  await expect.poll(() => sent, { timeout: 20_000 }).toBeGreaterThan(megabytes(100))
  const answers = []
  for (let times = 0; times < 3; times++) answers.push(await post(ndjson(ticket())))
  await expect.poll(() => sent, { timeout: 20_000 }).toBeGreaterThan(megabytes(300))
  await endless.terminate()

  expect(answers.map(({ status }) => status)).toEqual(Array(3).fill(200))
  expect(await memory.grownBy()).toBeLessThan(100)
}, 60_000)
