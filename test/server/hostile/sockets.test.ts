import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ViewSpec } from '#shared/view.ts'
import { protocol } from '#shared/wire.ts'
import { freshDatabase } from '../../support/database.ts'
import { watchMemory } from '../../support/memory.ts'
import { askToWatch, type RawSocket, rawSocket } from '../../support/raw-socket.ts'
import { serverProcess } from '../../support/server-process.ts'

const today: ViewSpec = { measures: ['received'], window: '24h' }
const hello = `40${JSON.stringify({ protocol, views: [today] })}`

let database: Awaited<ReturnType<typeof freshDatabase>>
let server: ReturnType<typeof serverProcess>
let origin = ''
/** Looks on while others send rubbish. */
let witness: RawSocket
/** Says nothing at all. */
let silent: RawSocket

beforeAll(async () => {
  database = await freshDatabase()
  server = serverProcess({ DATABASE_URL: database.url })
  origin = await server.origin()
  silent = await rawSocket(origin)
  witness = await rawSocket(origin)
  expect(await askToWatch(witness, [today])).toBe('snapshot')
})
afterAll(async () => {
  witness.close()
  await server[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

const bytes = (length: number): Uint8Array<ArrayBuffer> => new Uint8Array(length).fill(0xff)
const many = (count: number, packet: string | Uint8Array<ArrayBuffer>) =>
  Array<typeof packet>(count).fill(packet)

/** What is sent once the connection stands, and whether the server hangs up. */
const rows: Record<string, [(string | Uint8Array<ArrayBuffer>)[], 'ends' | 'stays']> = {
  'binary rubbish before a word': [[bytes(1000)], 'stays'],
  'binary rubbish after the hello': [[hello, bytes(1000)], 'ends'],
  'a frame of a megabyte': [[hello, `42["watch",["${'x'.repeat(1_000_000)}"]]`], 'ends'],
  'packets of types that are none': [[hello, '9', 'x', '', '4', '49', '4['], 'ends'],
  'a packet of Socket.IO that is no JSON': [[hello, '42["watch",'], 'ends'],
  'JSON nested 30,000 deep': [[hello, `42["watch",${'['.repeat(30_000)}`], 'ends'],
  'an event with a name that is an object': [[hello, '42[{"a":1}]'], 'ends'],
  'events that only the server sends': [[hello, '42["connect"]', '42["disconnect"]'], 'ends'],
  'a namespace that is none': [['40/admin,{}'], 'stays'],
  'an event in a namespace that it is not in': [[hello, '42/admin,["watch",[]]'], 'ends'],
  'an event before the hello': [['42["watch",[]]'], 'ends'],
  'a hello twice': [[hello, hello], 'stays'],
  'a hello that is a list': [['40[1,2,3]'], 'stays'],
  'a hello that names the prototype': [['40{"__proto__":{"protocol":1},"views":[]}'], 'stays'],
  'ten thousand acknowledgements of nothing': [[hello, ...many(10_000, '43999[]')], 'stays'],
  'ten thousand pings': [[hello, ...many(10_000, '2')], 'stays'],
  'ten thousand pongs': [[hello, ...many(10_000, '3probe')], 'stays'],
  'ten thousand questions': [
    [hello, ...many(10_000, `421["watch",${JSON.stringify([today])}]`)],
    'stays',
  ],
  'binary parts that never come': [
    [hello, '459999-["watch",{"_placeholder":true,"num":0}]', bytes(10)],
    'stays',
  ],
  'a number of parts that is none': [[hello, '45-1-["watch"]'], 'ends'],
  'an upgrade to itself': [[hello, '5'], 'stays'],
}

test.each(Object.entries(rows))('I11: %s harms nobody', async (_, [packets, end]) => {
  const memory = await watchMemory(server.pid)
  using raw = await rawSocket(origin)
  for (const packet of packets) raw.send(packet)
  if (end === 'ends') await raw.closed
  else await new Promise((resolve) => setTimeout(resolve, 100))

  using other = await rawSocket(origin)
  expect(await askToWatch(other, [today])).toBe('snapshot')
  expect(server.output).not.toContain('"level":50')
  expect(await memory.grownBy()).toBeLessThan(100)
})

const handshake = (more = '') =>
  [
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
    'host: x',
    'upgrade: websocket',
    'connection: upgrade',
    'sec-websocket-version: 13',
    'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==',
    more,
  ].join('\r\n')

test('I11: two hundred half handshakes harm nobody', async () => {
  const port = Number(new URL(origin).port)
  const halves = Array.from({ length: 200 }, () => {
    const socket = connect(port, '127.0.0.1').on('error', () => {})
    socket.write(handshake('x-half: '))
    return socket
  })
  using other = await rawSocket(origin)

  expect(await askToWatch(other, [today])).toBe('snapshot')
  for (const half of halves) half.destroy()
})

test.each([
  ['from a foreign origin', 'origin: https://elsewhere.example'],
  ['from an origin that is none', 'origin: null'],
  ['from a port of the same host', 'origin: http://x:8080'],
])('I11: a handshake %s is refused', async (_, header) => {
  const socket = connect(Number(new URL(origin).port), '127.0.0.1')
  socket.write(`${handshake(header)}\r\n\r\n`)

  expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 [^]*Forbidden$/)
})

test('I11: who says nothing is hung up on, and who looked on all the time still sees the clock go', async () => {
  await silent.closed
  const heard = witness.heard.length

  await expect.poll(() => witness.heard.length).toBeGreaterThan(heard)
  expect(witness.heard.at(-1)).toMatch(/^42\["(pulse|views:patch)"/)
})
