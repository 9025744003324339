import { expect, test } from 'vitest'
import { TicketEvent } from '#shared/events.ts'
import { defaultPolicy, type Policy } from '#shared/policy.ts'
import { DAY, HOUR } from '#shared/time.ts'
import { checkJournal } from '../../../server/audit/check-journal.ts'
import { loadDirectory } from '../../../server/dimensions/directory.ts'
import { openIntake } from '../../../server/intake/intake.ts'
import { addTicket, type Delta } from '../../../server/journal/delta.ts'
import { addPacked } from '../../../server/journal/pack.ts'
import { journalAfter } from '../../../server/journal/queries.ts'
import { rewriteTickets } from '../../../server/policies/rewrite.ts'
import { everythingDue } from '../../../server/policies/due.ts'
import { allPolicies, countDecidedOtherwise } from '../../../server/policies/queries.ts'
import { setPolicy } from '../../../server/policies/set.ts'
import { addSource } from '../../../server/sources/sources.ts'
import { eachTicketAt, inSnapshot } from '../../../server/tickets/facts.ts'
import { historyOf } from '../../../server/tickets/history.ts'
import { auditCommand } from '../../../server/audit/cli.ts'
import { runningApp } from '../../support/app.ts'
import { commandOn } from '../../support/command.ts'
import { freshDatabase } from '../../support/database.ts'
import { wronglyDecided } from '../../support/wrongly-decided.ts'
import { traffic } from '../audit/traffic.ts'

const receivedAt = Date.UTC(2026, 2, 1, 9)

const policy = (respond: number, due: number | null = null): Policy => ({
  ...defaultPolicy,
  respondWithin: { default: respond, byCategory: {} },
  dueWithin: { default: due, byCategory: {} },
})

const event = (id: string, fields: object = {}): TicketEvent =>
  TicketEvent.parse({
    type: 'ticket',
    id,
    version: 1,
    receivedAt: new Date(receivedAt).toISOString(),
    status: 'open',
    ...fields,
  })

async function city() {
  const database = await freshDatabase()
  const { id: sourceId } = await addSource(database.db, { name: 'phone', kind: 'hotline' })
  const intake = await openIntake({ db: database.db })
  return {
    ...database,
    sourceId,
    intake,
    tell: (...events: TicketEvent[]) => intake.submit(sourceId, events),
    stored: () =>
      database.db
        .selectFrom('ticket')
        .select(['id', 'respondBy', 'dueAt', 'policyVersion'])
        .orderBy('id')
        .execute(),
    async [Symbol.asyncDispose]() {
      await intake.close()
      await database[Symbol.asyncDispose]()
    },
  }
}

test('a retroactive change rewrites the tickets received since, keeps what was, and is in the journal', async () => {
  await using app = await city()
  await setPolicy(app.db, policy(24, 48))
  const later = new Date(receivedAt + DAY).toISOString()
  const stated = new Date(receivedAt + 9 * DAY).toISOString()
  await app.tell(
    event('a'),
    event('b', { receivedAt: later }),
    event('c', { receivedAt: later, dueAt: stated }),
  )

  await setPolicy(app.db, policy(12, 96), { from: receivedAt + HOUR })
  const rewritten = await rewriteTickets(app.db)

  expect(rewritten).toBe(2)
  expect(await app.stored()).toEqual([
    { id: 'a', policyVersion: 1, respondBy: receivedAt + DAY, dueAt: receivedAt + 2 * DAY },
    {
      id: 'b',
      policyVersion: 2,
      respondBy: receivedAt + DAY + 12 * HOUR,
      dueAt: receivedAt + 5 * DAY,
    },
    {
      id: 'c',
      policyVersion: 2,
      respondBy: receivedAt + DAY + 12 * HOUR,
      dueAt: receivedAt + 9 * DAY,
    },
  ])
  expect(await historyOf(app.db, app.sourceId, 'b')).toMatchObject([
    { version: 1, fate: 'replaced', policyVersion: 1 },
    {
      version: 1,
      fate: 'current',
      policyVersion: 2,
      changes: [
        { field: 'respondBy', from: receivedAt + 2 * DAY, to: receivedAt + DAY + 12 * HOUR },
        { field: 'dueAt', from: receivedAt + 3 * DAY, to: receivedAt + 5 * DAY },
      ],
    },
  ])
  expect(
    await app.sql`select kind, events, policy_version as version from journal order by seq`,
  ).toEqual([
    { kind: 'policy', events: 0, version: 1 },
    { kind: 'tickets', events: 3, version: 1 },
    { kind: 'policy', events: 0, version: 2 },
    { kind: 'rewrite', events: 2, version: 2 },
  ])
  const directory = await loadDirectory(app.db)
  const check = await checkJournal(app.sql, { directory, onTicket: () => {} })
  expect(check).toMatchObject({ tickets: 3, differences: [] })
})

test('after a change a resend is unchanged, other content under the same version is conflicting', async () => {
  await using app = await city()
  await app.tell(event('a'), event('b'))
  await setPolicy(app.db, policy(12))
  const before = await app.tell(event('a'))
  await rewriteTickets(app.db)

  const resent = await app.tell(event('a'), event('b', { transfers: 1 }))

  expect(before).toMatchObject({ accepted: 0, unchanged: 1 })
  expect(resent).toMatchObject({ accepted: 0, unchanged: 1, conflicting: 1 })
  expect((await app.stored()).map(({ policyVersion }) => policyVersion)).toEqual([1, 1])
})

test('a ticket that is told again later is decided by the version that held when it was received', async () => {
  await using app = await city()
  await setPolicy(app.db, policy(48))
  await app.tell(event('a'))
  await setPolicy(app.db, policy(12))

  await app.tell(event('a', { version: 2 }), event('b'))
  await app.tell(event('c', { receivedAt: new Date().toISOString() }))

  expect((await app.stored()).map(({ policyVersion }) => policyVersion)).toEqual([1, 1, 2])
  expect(await rewriteTickets(app.db)).toBe(0)
})

test('an alias is decided about as the category it means, when told and when rewritten', async () => {
  await using app = await city()
  await app.tell(event('a', { category: 'Street Lights' }))
  const [member] = await app.sql`select id from member`
  await app.sql`insert into member_alias values ('category', 'lamps', ${member!.id})`
  await app.intake.reload()
  const byCategory = { 'street-lights': 3, lamps: 5 }
  await setPolicy(app.db, { ...defaultPolicy, respondWithin: { default: 24, byCategory } })

  await app.tell(event('b', { category: 'Lamps' }))
  await rewriteTickets(app.db)

  const decided = (await app.stored()).map(({ respondBy }) => respondBy)
  expect(decided).toEqual([receivedAt + 3 * HOUR, receivedAt + 3 * HOUR])
})

test('what is left when a rewrite is stopped is done by the next, and done is noted', async () => {
  await using app = await city()
  const events = Array.from({ length: 2500 }, (_, place) => event(`t${place}`))
  for (let from = 0; from < events.length; from += 1000) {
    await app.tell(...events.slice(from, from + 1000))
  }
  await setPolicy(app.db, policy(12))
  const stop = new AbortController()

  const first = await rewriteTickets(app.db, { stop: stop.signal, onPage: () => stop.abort() })
  const [half] = await allPolicies(app.db)
  const left = await countDecidedOtherwise(app.db, everythingDue([half!]))
  const second = await rewriteTickets(app.db)

  expect([first, left, second]).toEqual([1000, 1500, 1500])
  expect(half!.rewrittenAt).toBeNull()
  expect((await allPolicies(app.db))[0]!.rewrittenAt).toBeGreaterThan(0)
  expect(await rewriteTickets(app.db)).toBe(0)
})

test('I1: while two processes take events, policies change and two rewriters run, every ticket ends as the policies say, and the tickets at every seq can be rebuilt', async () => {
  await using app = await city()
  const other = await openIntake({ db: app.db })
  const at = (n: number) => new Date(receivedAt + (n % 40) * HOUR).toISOString()
  let isOver = false
  async function traffic(intake: typeof other, seed: number): Promise<void> {
    for (let round = 1; !isOver; round++) {
      const events = Array.from({ length: 60 }, (_, place) => {
        const n = (place * 7 + seed * round) % 300
        return event(`t${n}`, { version: round, receivedAt: at(n), category: `c${n % 3}` })
      })
      await intake.submit(app.sourceId, events)
    }
  }
  const sent = [traffic(app.intake, 11), traffic(other, 13)]
  for (let change = 1; change <= 12; change++) {
    await setPolicy(app.db, policy(change, 100 - change), {
      from: receivedAt + ((change * 17) % 30) * HOUR,
    })
    await Promise.all([rewriteTickets(app.db), rewriteTickets(app.db)])
    expect(await countDecidedOtherwise(app.db, everythingDue(await allPolicies(app.db)))).toBe(0)
  }
  isOver = true
  await Promise.all(sent)
  await other.close()

  expect(await wronglyDecided(app.db)).toEqual([])
  const rows = await journalAfter(app.db, 0, 100_000)
  expect(rows.map(({ kind }) => kind)).toContain('rewrite')
  const told: Delta = new Map()
  for (const { seq, delta } of rows) {
    addPacked(told, delta)
    if (seq % 10 !== 0 && seq !== rows.length) continue
    const left: Delta = structuredClone(told)
    await inSnapshot(app.sql, (snapshot) =>
      eachTicketAt(snapshot, { seq }, (ticket) => addTicket(left, ticket, -1)),
    )
    expect([...left.values()].filter(({ cells }) => cells.size > 0)).toEqual([])
  }
}, 60_000)

test('an audit of a live server finds its numbers exact after tickets were rewritten', async () => {
  await using app = await runningApp()
  const source = await traffic(app)
  await source.post(1000)
  await setPolicy(app.db, policy(3, 30))
  await Promise.all([rewriteTickets(app.db), source.post(1000)])

  const { output, code } = await commandOn(app.url, auditCommand)()

  expect(await app.sql`select from journal where kind = 'rewrite'`).not.toHaveLength(0)
  expect(output).toMatch(/process \d+ \(.*\): \d+ questions/)
  expect(output).toContain('The numbers are exact.')
  expect(code).toBe(0)
}, 60_000)
