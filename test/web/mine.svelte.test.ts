import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { account } from '../../web/accounts/me.svelte.ts'
import { mine } from '../../web/accounts/mine.svelte.ts'
import { appointment } from '../support/appointment.ts'

/** Questions for one's appointments, to be answered when a test says so. */
let asked: ((answer: Response) => void)[]
let person: object | null

const told = (...roles: ('observer' | 'official')[]) =>
  Response.json({ appointments: roles.map((role) => appointment(role)) })
const roles = () => mine.current?.map(({ role }) => role)
const signIn = async (id: string | null) => {
  person = id === null ? null : { id, name: id }
  await account.refresh()
}

beforeEach(() => {
  asked = []
  vi.stubGlobal('fetch', (url: string) =>
    String(url).includes('appointments')
      ? new Promise((answer) => asked.push(answer))
      : Promise.resolve(Response.json({ person, sso: false, idle: 1, demo: [] })),
  )
})
afterEach(() => vi.unstubAllGlobals())

test('of two answers that of the later question holds, in whichever order they come', async () => {
  await signIn('ida')
  const both = [mine.refresh(), mine.refresh()]
  asked[1]!(told('official'))
  await both[1]
  asked[0]!(told('observer'))
  await both[0]
  expect(roles()).toEqual(['official'])
})

test('a question that fails leaves what was known, and the answer to an earlier one is taken', async () => {
  await signIn('ida')
  const both = [mine.refresh(), mine.refresh()]
  asked[1]!(new Response(null, { status: 503 }))
  await both[1]
  expect(roles()).toEqual(['official'])
  asked[0]!(told('observer'))
  await both[0]
  expect(roles()).toEqual(['observer'])
})

test('what somebody holds is not told of the next, and nobody holds nothing', async () => {
  await signIn('ida')
  const first = mine.refresh()
  asked[0]!(told('observer'))
  await first
  await signIn('noor')
  expect(roles()).toBeUndefined()
  const late = mine.refresh()
  await signIn(null)
  asked[1]!(told('official'))
  await late
  expect([roles(), mine.ids]).toEqual([[], []])
  // Who comes back after a session has ended finds it.
  await signIn('noor')
  expect(roles()).toEqual(['official'])
})
