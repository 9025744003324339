import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { toldNouns } from '#shared/records.ts'
import { followRecords } from '../../support/follow-records.ts'
import { cookieOf } from '../../support/session.ts'
import { documentOf } from './document.ts'
import { account, appoint, type City, type Cookies, openCity } from './place.ts'
import { requestFor } from './requests.ts'
import {
  castings,
  type Cell,
  expected,
  grounds,
  type Holding,
  holdings,
  type Outcome,
  rules,
  told as reasons,
} from './rules.ts'
import { type Answer, forEach, sender } from './sender.ts'
import { storeSubjects, type Subject, versionsOf } from './subjects.ts'

const keysOf = <Key extends string>(of: Record<Key, unknown>) => Object.keys(of) as Key[]

interface Held extends Holding {
  person: string
  cookies: Cookies
}
type Asked = Subject & Cell

let city: City
let cells: Asked[]
const people = new Map<string, Held>()
/** Each kind on each ground, for who holds nothing. */
let unheld: Subject[]
let strange: Cookies

beforeAll(async () => {
  city = await openCity()
  await forEach([...holdings.entries()], ([place, holding]) => hold(`person-${place}`, holding))
  strange = await account(city, 'stranger')
  const kinds = await storedKinds()
  // Those of one ground after those of another: nobody does two things to one subject at once.
  const all = keysOf(grounds).flatMap((ground) =>
    [...people.values()]
      .filter(({ isLimited }) => isLimited === grounds[ground].isLimited)
      .flatMap(({ cookies: _, ...held }) => kinds.map((kind) => ({ ...held, ground, kind }))),
  )
  cells = (await storeSubjects(city, all)) as Asked[]
  const nobodys = keysOf(grounds).flatMap((ground) =>
    kinds.map((kind) => ({ kind, ground, person: 'stranger' })),
  )
  unheld = await storeSubjects(city, nobodys)
}, 300_000)
afterAll(() => city[Symbol.asyncDispose]())

async function hold(person: string, { casting, ...rest }: Holding): Promise<void> {
  await appoint(city, person, { roles: castings[casting], ...rest })
  people.set(person, { person, casting, ...rest, cookies: await account(city, person) })
}

async function storedKinds(): Promise<string[]> {
  const { rows } = await sql<{ kind: string }>`select kind from act_kind order by kind`.execute(
    city.db,
  )
  return rows.map(({ kind }) => kind)
}

/** What was answered, in the words of the rules; anything else as it came. */
function outcomeOf({ status, code = '', error = '' }: Answer): string {
  if (status === 200 || status === 201) return 'done'
  const reason = keysOf(reasons).find((one) => {
    const [ofCode, sentence] = reasons[one]
    return ofCode.test(code) && sentence.test(error)
  })
  const isToldSo = status === (reason === 'sign in' ? 401 : 403)
  return reason && isToldSo ? reason : `${status} ${error}`
}

/** Asks for each and answers which were not answered as wanted, and how all were. */
async function ask(
  all: readonly Asked[],
  cookieFor: (cell: Asked) => string | undefined,
  wanted: (cell: Asked) => Outcome,
) {
  using asking = sender(city.origin)
  const wrong: string[] = []
  const told = new Map<Asked, string>()
  await forEach(all, async (cell) => {
    const { path, body } = requestFor(city, cell)
    const outcome = outcomeOf(await asking.send(path, body, cookieFor(cell)))
    told.set(cell, outcome)
    if (outcome === wanted(cell)) return
    const { kind, casting, ground, term, standing } = cell
    const where = [kind, casting, ground, term, standing].join(' · ')
    wrong.push(`${where}: ${outcome}, not ${wanted(cell)}`)
  })
  return { wrong, told }
}

const actsOfPeople = async (): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from act where person_id is not null
  `.execute(city.db)
  return rows[0]!.n
}

test('every kind of act that the database knows has an expectation, and no other', async () => {
  expect(await storedKinds()).toEqual(Object.keys(rules).sort())
})

test('I9: nobody acts who is not wholly signed in, whatever they hold', async () => {
  // Every day of a term is the same day to whom nobody knows: of all kinds one is asked for on each.
  const held = cells.filter(
    ({ standing, term, kind }) =>
      standing === 'appointed' && (term === 'in its middle' || kind === 'flag.opened'),
  )
  expect(new Set(held.filter((cell) => expected(cell) === 'done').map(({ kind }) => kind))).toEqual(
    new Set(Object.keys(rules)),
  )
  for (const session of ['no second factor yet', 'session ended'] as const) {
    const cookie = ({ person }: Asked) => people.get(person)!.cookies[session]
    expect((await ask(held, cookie, () => 'sign in')).wrong, session).toEqual([])
  }
  const token = 'of nobody'
  for (const cookie of [undefined, cookieOf(token, city.secret), cookieOf(token, 'not ours')]) {
    expect(
      (
        await ask(
          unheld as Asked[],
          () => cookie,
          () => 'sign in',
        )
      ).wrong,
    ).toEqual([])
  }
  expect(await actsOfPeople()).toBe(0)
}, 300_000)

test('I9: who is signed in and holds no appointment does nothing', async () => {
  const { wrong } = await ask(
    unheld as Asked[],
    () => strange['signed in'],
    () => 'none',
  )
  expect(wrong).toEqual([])
  expect([await versionsOf(city), await actsOfPeople()]).toEqual([[1], 0])
})

test('I9: each act is done under each appointment exactly where the rules say so', async () => {
  const cookie = ({ person }: Asked) => people.get(person)!.cookies['signed in']
  const isDone = (cell: Asked) => expected(cell) === 'done'
  using follower = followRecords(city.origin, { since: null })
  await expect.poll(() => follower.pages.length).toBe(1)
  const refused = await ask(
    cells.filter((cell) => !isDone(cell)),
    cookie,
    expected,
  )
  expect(refused.wrong).toEqual([])
  expect([await versionsOf(city), await actsOfPeople()]).toEqual([[1], 0])

  const done = await ask(cells.filter(isDone), cookie, expected)
  expect(done.wrong).toEqual([])
  expect(await actsOfPeople()).toBe(done.told.size)
  expect(done.told.size).toBeGreaterThan(300)
  // Over a socket each that was done is told, and none that was refused.
  const isTold = ({ kind }: Asked) => toldNouns.some((noun) => kind.startsWith(`${noun}.`))
  const wanted = [...done.told.keys()].filter(isTold).map(({ kind }) => kind)
  await expect.poll(() => follower.records.length).toBe(wanted.length)
  expect(follower.records.map(({ kind }) => kind).sort()).toEqual(wanted.sort())
  expect(follower.faults).toEqual([])

  const answers = [...refused.told, ...done.told].map(([cell, outcome]) => ({ ...cell, outcome }))
  await expect(await documentOf(answers)).toMatchFileSnapshot('../../../docs/permissions.md')
}, 300_000)
