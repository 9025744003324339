import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Refusal } from '#shared/wire.ts'
import { signOut } from '../../../server/accounts/sign-out.ts'
import { perform } from '../../../server/acts/perform.ts'
import { asked, decision, madeFor } from '../../support/acts.ts'
import { followRecords } from '../../support/follow-records.ts'
import { cookieOf } from '../../support/session.ts'
import { account, appoint, type City, openCity, type SessionKind, sessionKinds } from './place.ts'
import { requestFor } from './requests.ts'
import {
  castings,
  grounds,
  type GroundName,
  type Holding,
  holdings,
  isCurrent,
  rules,
  socketQuestions,
} from './rules.ts'
import { forEach } from './sender.ts'

type Follower = ReturnType<typeof followRecords>

interface Seat {
  /** Of whom nobody is signed in with: undefined. */
  person?: string
  holding?: Holding
  session: SessionKind | 'no cookie' | 'a cookie of nobody' | 'a cookie that is not ours'
  follower: Follower
}

let city: City
/** A socket for each session of everybody whom the rules know, and of those they do not. */
const seats: Seat[] = []
const appointmentsOf = new Map<string, number[]>()

const seatOf = (seat: Omit<Seat, 'follower'>, cookie?: string): Seat => {
  const headers = { origin: city.origin, ...(cookie !== undefined && { cookie }) }
  return { ...seat, follower: followRecords(city.origin, { since: null }, headers) }
}

const nameOf = ({ person, session, holding }: Seat) =>
  [person, session, ...Object.values(holding ?? {})].join(' · ')

beforeAll(async () => {
  city = await openCity()
  const everybody: { person: string; holding?: Holding }[] = holdings.map((holding, place) => ({
    person: `person-${place}`,
    holding,
  }))
  await forEach(everybody, async ({ person, holding }) => {
    const { casting, ...rest } = holding!
    await appoint(city, person, { roles: castings[casting], ...rest })
  })
  await untilLookedAt()
  await forEach([...everybody, { person: 'stranger' }], async (one) => {
    const cookies = await account(city, one.person)
    for (const session of sessionKinds) seats.push(seatOf({ ...one, session }, cookies[session]))
  })
  const { rows } = await sql<{ id: number; personId: string }>`
    select id, person_id from appointment order by id`.execute(city.db)
  for (const { id, personId } of rows) {
    appointmentsOf.set(personId, [...(appointmentsOf.get(personId) ?? []), id])
  }
  seats.push(
    seatOf({ session: 'no cookie' }),
    seatOf({ session: 'a cookie of nobody' }, cookieOf('of nobody', city.secret)),
    seatOf({ session: 'a cookie that is not ours' }, cookieOf('of nobody', 'not ours')),
  )
  const areOpen = () => seats.every(({ follower }) => follower.pages.length > 0)
  await vi.waitUntil(areOpen, { timeout: 60_000 })
}, 120_000)

afterAll(async () => {
  for (const { follower } of seats) follower.socket.disconnect()
  await city[Symbol.asyncDispose]()
})

/** The server knows of all acts so far whom they leave appointed: one that came after them has had its effect. */
async function untilLookedAt(): Promise<void> {
  const { act } = await perform(city.db, asked(null, madeFor('passing'), { key: null }))
  const cookies = await account(city, 'passing')
  const { follower } = seatOf({ session: 'signed in' }, cookies['signed in'])
  await vi.waitUntil(() => follower.pages.length > 0)
  await perform(city.db, asked(null, decision('appointment.revoked'), { key: null, id: act.id }))
  await vi.waitUntil(() => !follower.socket.connected, { timeout: 5000 })
}

/** Those of which something does not hold, by name. */
const seatsBut = (isRight: (seat: Seat) => boolean) =>
  seats.filter((seat) => !isRight(seat)).map(nameOf)

/** Undefined: it was not refused. */
const asking = ({ socket }: Follower, event: string, says: unknown) =>
  (socket.timeout(10_000) as unknown as Asking).emitWithAck(event, says)
interface Asking {
  emitWithAck(event: string, says: unknown): Promise<Refusal | undefined>
}

const groundsOf = (isLimited: boolean) =>
  (Object.keys(grounds) as GroundName[]).filter((name) => grounds[name].isLimited === isLimited)

test('whoever asks and whatever they hold, a socket answers the same: what everybody may know', async () => {
  const wrong: string[] = []
  await forEach(seats, async (seat) => {
    for (const { event, says, refused } of socketQuestions) {
      const refusal = await asking(seat.follower, event, says)
      if (refusal?.path === refused && (refusal === undefined) === (refused === undefined)) continue
      wrong.push(`${nameOf(seat)}: ${event} ${JSON.stringify(says)}: ${JSON.stringify(refusal)}`)
    }
  })
  expect(wrong).toEqual([])
})

/** In a session that is nobody's the day of a term and a standing are nobody's too: there who could act asks. */
const doesAsk = (seat: Seat): boolean => {
  const { holding } = seat
  if (holding === undefined || isWhole(seat)) return true
  return holding.standing === 'appointed' && holding.term === 'in its middle'
}

test('I9: no act is done over a socket: of each kind, on each ground, under each appointment', async () => {
  const answered: string[] = []
  let asked = 0
  for (const seat of seats.filter(doesAsk)) {
    const { person = 'nobody', holding, follower } = seat
    for (const ground of groundsOf(holding?.isLimited ?? false)) {
      for (const kind of Object.keys(rules)) {
        const { path, body } = requestFor(city, { kind, ground, person, id: 1 })
        const socket = follower.socket as unknown as { emit(...said: unknown[]): void }
        socket.emit(kind, { path, body }, () => answered.push(`${nameOf(seat)}: ${kind}`))
        asked++
      }
    }
    // Asked in its turn: what came before it was read.
    await asking(follower, 'records:follow', { since: null })
  }
  expect(asked).toBeGreaterThan(20_000)
  expect(answered).toEqual([])
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from act where person_id is not null`.execute(city.db)
  expect(rows).toEqual([{ n: 0 }])
})

test('all follow the same records, and nobody is told a person’s account', async () => {
  const { rows } = await sql<{ seq: number }>`
    select seq from act order by seq desc offset 20 limit 1`.execute(city.db)
  for (const { follower } of seats) follower.records = []
  await forEach(seats, async ({ follower }) => {
    follower.at = rows[0]!.seq
    follower.mark = undefined
    await asking(follower, 'records:follow', { since: rows[0]!.seq })
  })
  await expect.poll(() => seatsBut(({ follower }) => follower.records.length === 20)).toEqual([])
  const told = JSON.stringify(seats[0]!.follower.records)
  expect(
    seatsBut(
      ({ follower }) => JSON.stringify(follower.records) === told && follower.faults.length === 0,
    ),
  ).toEqual([])
  expect(told).not.toMatch(/"(person-\d+|stranger)"/)
})

const isOut = ({ follower }: Seat, reason: 'appointment' | 'session') =>
  !follower.socket.connected && follower.outs.length === 1 && follower.outs[0]!.reason === reason
const isIn = ({ follower }: Seat) => follower.socket.connected && follower.outs.length === 0
/** Only they are known to be somebody; the sockets of all others are nobody's, and read what everybody may. */
const isWhole = ({ person, session }: Seat) => person !== undefined && session === 'signed in'
const hasCurrent = ({ holding }: Seat) => holding !== undefined && isCurrent(holding)
const holdsTwo = ({ holding }: Seat) =>
  holding !== undefined && castings[holding.casting].length > 1

/** Both ways in which an appointment ends by an act. */
async function end(which: (ids: readonly number[]) => readonly number[]): Promise<void> {
  const all = holdings.flatMap((holding, place) =>
    isCurrent(holding)
      ? which(appointmentsOf.get(`person-${place}`)!).map((id) => ({ id, holding }))
      : [],
  )
  await forEach(all, async ({ id, holding }) => {
    const kind = holding.isLimited ? 'appointment.suspended' : 'appointment.revoked'
    await perform(city.db, asked(null, decision(kind), { key: null, id }))
  })
}

test('I9: who has no current appointment any more has no socket 5 s later, and nobody else loses one', async () => {
  await end((ids) => ids.slice(0, 1))
  const loses = (seat: Seat) => isWhole(seat) && hasCurrent(seat) && !holdsTwo(seat)
  const soon = { timeout: 5000 }
  const wrong = () => seatsBut((seat) => (loses(seat) ? isOut(seat, 'appointment') : isIn(seat)))
  await expect.poll(wrong, soon).toEqual([])
  // Now the last of those who held two.
  await end((ids) => ids.slice(1))
  const lost = (seat: Seat) => isWhole(seat) && hasCurrent(seat)
  await expect
    .poll(() => seatsBut((seat) => (lost(seat) ? isOut(seat, 'appointment') : isIn(seat))), soon)
    .toEqual([])
  expect(seats.filter(lost).length).toBe(24)
})

test('I9: whose session ends has no socket of it 5 s later; a page that nobody is signed in to keeps its own', async () => {
  // One of them by the secretariat's act, the others as their own people end them.
  const { person } = seats.find((seat) => isWhole(seat) && !hasCurrent(seat))!
  await signOut(city.db, person!, { by: null })
  await city.sql`delete from session`
  const right = (seat: Seat) => {
    if (!isWhole(seat)) return isIn(seat)
    return isOut(seat, hasCurrent(seat) ? 'appointment' : 'session')
  }
  await expect.poll(() => seatsBut(right), { timeout: 5000 }).toEqual([])
})

test('a page of another site gets no socket, also with the cookies of who is signed in', async () => {
  const cookies = await account(city, 'foreigner')
  for (const origin of ['https://elsewhere.example', 'null', `${city.origin}.elsewhere.example`]) {
    const headers = { origin, cookie: cookies['signed in'] }
    using foreign = followRecords(city.origin, { since: 0 }, headers)
    await expect.poll(() => foreign.refusal).not.toBe('')
    expect(foreign.pages).toEqual([])
  }
})

test('who says not where they come from gets a socket of nobody, and none with the cookie of who is signed in', async () => {
  const cookies = await account(city, 'silent')
  using somebody = followRecords(city.origin, { since: 0 }, { cookie: cookies['signed in'] })
  await expect.poll(() => somebody.refusal).not.toBe('')
  for (const headers of [{}, { cookie: 'another=1' }, { cookie: cookieOf('silent', 'not ours') }]) {
    using program = followRecords(city.origin, { since: null }, headers as Record<string, string>)
    await expect.poll(() => program.pages.length).toBeGreaterThan(0)
  }
})
