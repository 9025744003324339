import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TicketEvent } from '#shared/events.ts'
import {
  type Change,
  correctable,
  type Correctable,
  type Corrected,
} from '#shared/oversight/correction.ts'
import { defaultPolicy } from '#shared/policy.ts'
import { dimensions } from '#shared/ticket.ts'
import { DAY, HOUR } from '#shared/time.ts'
import { checkActs } from '../../../server/audit/check-acts.ts'
import { checkJournal } from '../../../server/audit/check-journal.ts'
import { correct } from '../../../server/corrections/correct.ts'
import { loadDirectory } from '../../../server/dimensions/directory.ts'
import { placeOf } from '../../../server/dimensions/place.ts'
import { HttpError } from '../../../server/http/errors.ts'
import { openIntake } from '../../../server/intake/intake.ts'
import { nextBatch } from '../../../server/journal/queries.ts'
import { rewriteTickets } from '../../../server/policies/rewrite.ts'
import { setPolicy } from '../../../server/policies/set.ts'
import { addSource } from '../../../server/sources/sources.ts'
import { redecideTickets } from '../../../server/tickets/queries.ts'
import { arbitraryEvent, epoch } from '../../support/arbitrary-event.ts'
import { freshDatabase } from '../../support/database.ts'
import { wronglyDecided } from '../../support/wrongly-decided.ts'

let city: Awaited<ReturnType<typeof place>>
beforeAll(async () => void (city = await place()))
afterAll(() => city.close())

async function place() {
  const database = await freshDatabase()
  const { id: sourceId } = await addSource(database.db, { name: 'phone', kind: 'hotline' })
  const intake = await openIntake({ db: database.db })
  return {
    ...{ ...database, sourceId, intake },
    async close() {
      await intake.close()
      await database[Symbol.asyncDispose]()
    },
  }
}

const stored = async (id: string) => {
  const rows = city.db.selectFrom('ticket').selectAll().where('id', '=', id)
  return rows.executeTakeFirst()
}

/** What an official states of a ticket: its life as of so many hours after it was received, and where it lies. */
interface Statement {
  at: number
  isClosed: boolean
  isAnswered: boolean
  category: string
}

function statedOf(
  { at, isClosed, isAnswered }: Statement,
  receivedAt: number,
  category: number,
): Partial<Corrected> {
  const then = receivedAt + at * HOUR
  return {
    respondedAt: isAnswered ? then : null,
    status: isClosed ? 'closed' : 'open',
    closedAt: isClosed ? then + DAY : null,
    closeReason: isClosed ? 'resolved' : null,
    reopenings: null,
    category,
  }
}

interface Accepted {
  seq: number
  act: number
  to: Partial<Corrected>
}

/** Undefined where it was refused: its source told it anew meanwhile, or it is not there. */
async function state(id: string, statement: Statement): Promise<Accepted | undefined> {
  const ticket = await stored(id)
  const directory = await loadDirectory(city.db)
  const category = directory.find('category', statement.category)
  if (!ticket || category === undefined) return undefined
  const to = statedOf(statement, ticket.receivedAt, category)
  const changes = (Object.keys(to) as Correctable[]).map((field) => {
    return { field, from: ticket[field], to: to[field] } as Change
  })
  try {
    const { act } = await correct(city.db, {
      ...{ person: null, key: null, address: `mark/${id}`, flag: null, reason: 'It was so.' },
      ...{ ticket, changes, directory, place: placeOf(ticket, directory), now: Date.now() },
    })
    return { seq: act.seq, act: act.id, to }
  } catch (error) {
    if (error instanceof HttpError && error.status === 409) return undefined
    throw error
  }
}

const statement: fc.Arbitrary<Statement> = fc.record({
  at: fc.nat(30),
  isClosed: fc.boolean(),
  isAnswered: fc.boolean(),
  category: fc.constantFrom('C1', 'C2'),
})
/** What is told of the pool; what is corrected; another policy. Those of one round are done at once. */
const telling = fc.record({ tell: fc.array(fc.nat(19), { minLength: 2, maxLength: 5 }) })
const stating = fc.record({ ticket: fc.nat(3), state: statement })
const deciding = fc.record({ hours: fc.integer({ min: 1, max: 48 }) })
const step = fc.oneof(telling, stating, stating, deciding)
const rounds = fc
  .tuple(
    telling,
    fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 4, maxLength: 7 }),
  )
  .map(([first, rest]) => [[first], ...rest])

let run = 0
let [standing, overruled] = [0, 0]

test('corrections, versions of their source in any order and policies end in what they fold to', async () => {
  const pools = fc.array(arbitraryEvent, { minLength: 20, maxLength: 20 })
  await fc.assert(
    fc.asyncProperty(pools, rounds, async (drawn, rounds) => {
      const [pool, ids] = poolOf(drawn, ++run)
      const told = new Map<TicketEvent, number>()
      const accepted: (Accepted & { id: string })[] = []
      for (const round of rounds) {
        await Promise.all(
          round.map(async (one) => {
            if ('tell' in one)
              return tell(
                one.tell.map((at) => pool[at % pool.length]!),
                told,
              )
            if ('hours' in one) return decide(one.hours)
            const id = ids[one.ticket % ids.length]!
            const done = await state(id, one.state)
            if (done) accepted.push({ ...done, id })
          }),
        )
      }
      for (const id of ids) await expectFolded(id, told, accepted)
      expect(await wronglyDecided(city.db)).toEqual([])
    }),
    { numRuns: 20, interruptAfterTimeLimit: 15_000 },
  )
  const directory = await loadDirectory(city.db)
  const counts = await checkJournal(city.sql, { directory, onTicket: () => {} })
  expect([counts.differences, (await checkActs(city.sql)).differences]).toEqual([[], []])
  expect(Math.min(standing, overruled)).toBeGreaterThan(0)
}, 60_000)

/** Of each version of a ticket one content. */
function poolOf(drawn: readonly TicketEvent[], run: number): [TicketEvent[], string[]] {
  const few = drawn.map((event) => {
    return { ...event, id: `${run}-${event.id.length + (event.version % 2)}` }
  })
  const pool = new Map(few.map((event) => [`${event.id} ${event.version}`, event]))
  return [[...pool.values()], [...new Set(few.map(({ id }) => id))]]
}

/** Notes by which row of the journal each event was told first. */
async function tell(events: TicketEvent[], told: Map<TicketEvent, number>): Promise<void> {
  const { seq } = await city.intake.submit(city.sourceId, events)
  for (const event of events) told.set(event, Math.min(seq, told.get(event) ?? Infinity))
}

async function decide(hours: number): Promise<void> {
  const dueWithin = { default: hours, byCategory: { C1: 2 } }
  await setPolicy(city.db, { ...defaultPolicy, dueWithin }, { from: epoch - DAY })
  await city.intake.reload()
  await rewriteTickets(city.db)
}

/** The newest version, and over it what was corrected since it came, in the order in which that was done. */
async function expectFolded(
  id: string,
  told: ReadonlyMap<TicketEvent, number>,
  accepted: readonly (Accepted & { id: string })[],
): Promise<void> {
  const versions = [...told].filter(([event]) => event.id === id)
  const [newest, since] = versions.toSorted(([a], [b]) => b.version - a.version)[0] ?? []
  const row = await stored(id)
  if (!newest) return expect(row).toBeUndefined()
  const own = accepted.filter((one) => one.id === id).toSorted((a, b) => a.seq - b.seq)
  const over = own.filter(({ seq }) => seq > since!)
  standing += over.length
  overruled += own.length - over.length
  const directory = await loadDirectory(city.db)
  const members = dimensions.map((one) => [one, directory.find(one, newest[one] ?? '')])
  const wanted = Object.assign(
    { ...newest, ...Object.fromEntries(members) },
    ...over.map(({ to }) => to),
  )
  const fields = ['version', 'receivedAt', ...correctable] as const
  expect(Object.fromEntries(fields.map((field) => [field, row![field]]))).toEqual(
    Object.fromEntries(fields.map((field) => [field, wanted[field]])),
  )
  expect(row!.correction).toBe(over.at(-1)?.act ?? null)
}

test('what a policy decided about a ticket before it was corrected is not written over the correction', async () => {
  const [event] = fc.sample(arbitraryEvent, { numRuns: 1, seed: 7 }) as [TicketEvent]
  await city.intake.submit(city.sourceId, [{ ...event, id: 'overtaken', category: 'C1' }])
  const read = (await stored('overtaken'))!
  const states = { at: 1, isClosed: true, isAnswered: true, category: 'C1' }
  const { act } = (await state('overtaken', states))!
  const rows = [{ ...read, policyVersion: read.policyVersion + 1 }]
  expect(await redecideTickets(city.db, rows, await nextBatch(city.db))).toEqual([])
  expect(await stored('overtaken')).toMatchObject({ correction: act, status: 'closed' })
})

test('a ticket that was changed beside the act by which it stands corrected is named', async () => {
  await city.sql`update ticket set category = category + 1000, batch = batch
    where correction = (select max(correction) from ticket)`
  const [row] =
    await city.sql`select id, correction from ticket order by correction desc nulls last limit 1`
  expect((await checkActs(city.sql)).differences).toEqual([
    `act ${row!.correction}: its ticket ${row!.id} is not as it was corrected`,
  ])
})
