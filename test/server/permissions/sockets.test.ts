import { afterAll, beforeAll, expect, test } from 'vitest'
import { perform } from '../../../server/acts/perform.ts'
import { asked, decision } from '../../support/acts.ts'
import { followRecords } from '../../support/follow-records.ts'
import { account, appoint, type City, openCity, sessionKinds } from './place.ts'
import { type Casting, castings } from './rules.ts'

const names = Object.keys(castings) as Casting[]
let city: City
beforeAll(async () => void (city = await openCity()))
afterAll(() => city[Symbol.asyncDispose]())

const open = (cookie?: string, origin = city.origin) =>
  followRecords(city.origin, { since: 0 }, { origin, ...(cookie !== undefined && { cookie }) })

/** Where nothing is promised of how soon. */
const SOON = { timeout: 10_000 }

let lastPerson = 0
async function holding(casting: Casting) {
  const person = `${casting}-${++lastPerson}`
  const rest = { isLimited: true, term: 'ends today', standing: 'appointed' } as const
  await appoint(city, person, { roles: castings[casting], ...rest })
  const held = await city.sql`select id from appointment where person_id = ${person} order by id`
  return { person, cookies: await account(city, person), ids: held.map(({ id }) => Number(id)) }
}

const decide = (id: number, kind: 'appointment.suspended' | 'appointment.revoked') =>
  perform(city.db, asked(null, decision(kind), { key: null, id }))

test('whoever they are, all follow the same records, and nobody is told a person’s account', async () => {
  const everybody = await Promise.all(names.map(holding))
  const cookies = everybody.flatMap(({ cookies }) => sessionKinds.map((kind) => cookies[kind]))
  const sockets = [undefined, ...cookies].map((cookie) => open(cookie))
  await expect.poll(() => sockets.every(({ pages }) => pages.length > 0)).toBe(true)

  for (const { records, faults } of sockets) {
    expect(records).toEqual(sockets[0]!.records)
    expect(faults).toEqual([])
  }
  const told = JSON.stringify(sockets[0]!.records)
  for (const { person } of everybody) expect(told).not.toContain(`"${person}"`)
  for (const { socket } of sockets) socket.disconnect()
})

const decisions = ['appointment.suspended', 'appointment.revoked'] as const

// At once: each waits for the moment at which sockets are looked at.
test.concurrent.for(names.flatMap((name) => decisions.map((kind) => [name, kind] as const)))(
  'I9: the last appointment of an %s that ends takes every socket within 5 s: %s',
  async ([name, kind], { expect }) => {
    const { cookies, ids } = await holding(name)
    using whole = open(cookies['signed in'])
    using half = open(cookies['no second factor yet'])
    using ended = open(cookies['session ended'])
    using nobody = open()
    const all = [whole, half, ended, nobody]
    await expect.poll(() => all.every(({ pages }) => pages.length > 0), SOON).toBe(true)

    for (const id of ids.slice(1)) await decide(id, kind)
    // What is to be looked at again then is looked at in a second.
    if (ids.length > 1) await new Promise((resolve) => setTimeout(resolve, 1500))
    expect(whole.socket.connected).toBe(true)
    await decide(ids[0]!, kind)
    await expect.poll(() => whole.socket.connected, { timeout: 5000 }).toBe(false)
    expect(whole.outs).toEqual([{ reason: 'appointment' }])
    // They were nobody's: whoever is not signed in reads what everybody may.
    expect([half, ended, nobody].map(({ socket }) => socket.connected)).toEqual([true, true, true])
  },
)

test.concurrent.for(names)(
  'I9: the session of an %s that ends takes its sockets within 5 s',
  async (name, { expect }) => {
    const { person, cookies } = await holding(name)
    using whole = open(cookies['signed in'])
    await expect.poll(() => whole.pages.length, SOON).toBeGreaterThan(0)
    await city.sql`delete from session where person_id = ${person} and way = 'code'`
    await expect.poll(() => whole.socket.connected, { timeout: 5000 }).toBe(false)
    expect(whole.outs).toEqual([{ reason: 'session' }])
  },
)

test('a page of another site gets no socket, also with the cookies of who is signed in', async () => {
  const { cookies } = await holding('observer')
  for (const origin of ['https://elsewhere.example', 'null', `${city.origin}.elsewhere.example`]) {
    using foreign = open(cookies['signed in'], origin)
    await expect.poll(() => foreign.refusal).not.toBe('')
    expect(foreign.pages).toEqual([])
  }
})
