import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { ndjson, ticket } from '../../support/events.ts'
import { explorerApp, type ExplorerApp, hoursAgo } from '../../support/explorer.ts'
import { following, leaveAll } from './page.ts'

let app: ExplorerApp

beforeAll(async () => void (app = await explorerApp()))
afterEach(leaveAll)
afterAll(() => app[Symbol.asyncDispose]())

test.each<[string, unknown, string | undefined]>([
  ['a closed dimension', { channel: ['phone'] }, 'channel'],
  ['an agency nobody knows', { agency: ['Moon'] }, 'agency'],
  ['no codes', { agency: [] }, 'agency'],
  ['101 codes', { agency: Array(101).fill('x') }, 'agency'],
  ['a code of 10,000 characters', { agency: ['x'.repeat(10_000)] }, 'agency.0'],
  ['another field', { survey: ['yes'] }, undefined],
  ['the prototype', JSON.parse('{"__proto__":["x"]}'), undefined],
  ['a text', 'all', undefined],
  ['a list', [], undefined],
])(
  'I11: to follow %s is refused in words, and what was followed stays',
  async (id, filters, path) => {
    const { follow, told, socket } = await following(app.origin)
    const before = told()

    const refusal = await follow(filters)
    expect(refusal).toMatchObject({ error: expect.any(String), ...(path && { path }) })
    await app.source.send(ndjson(ticket({ id, receivedAt: hoursAgo(1) })))
    await expect.poll(told).toEqual([...before, `received ${id}`])
    expect(socket.connected).toBe(true)
  },
)

test('I11: packets that fit no contract harm nobody', async () => {
  const { socket } = await following(app.origin)
  const raw = socket as unknown as { emit(event: string, ...values: unknown[]): void }
  raw.emit('stream:follow')
  raw.emit('stream:follow', {}, 'no function')
  raw.emit('stream:follow', null, null, null)
  raw.emit('stream:follow', Buffer.alloc(1000), () => {})
  for (let i = 0; i < 50; i++) raw.emit('stream:follow', { agency: [`${i}`] }, () => {})

  await following(app.origin)
})
