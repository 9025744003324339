import fc from 'fast-check'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { DAY, HOUR } from '#shared/time.ts'
import { applyChange, type ViewSpec, type ViewState } from '#shared/view.ts'
import type { Patch, Snapshot } from '#shared/wire.ts'
import { insertPolicy } from '../../../server/policies/queries.ts'
import { rewriteTickets } from '../../../server/policies/rewrite.ts'
import { setPolicy } from '../../../server/policies/set.ts'
import { defaultPolicy } from '#shared/policy.ts'
import { openIntake } from '../../../server/intake/intake.ts'
import { journalHead } from '../../../server/journal/queries.ts'
import { Engine, type Tick } from '../../../server/live/engine.ts'
import { Rooms } from '../../../server/live/rooms.ts'
import { freshView } from '../../../server/live/view-pool.ts'
import { addSource } from '../../../server/sources/sources.ts'
import { arbitraryEvent, epoch, shifted } from '../../support/arbitrary-event.ts'
import type { Connections, Db } from '../../../server/db/connect.ts'
import { freshDatabase } from '../../support/database.ts'
import { expectEqual } from '../../support/expect-equal.ts'
import { everyKind } from '../../support/questions.ts'
import { readFacts, recount } from '../../support/recount.ts'
import { wronglyDecided } from '../../support/wrongly-decided.ts'

const log = pino({ level: 'silent' })
const pace = { atMost: 0, every: 50 }

/** A whole process over a shared database: intake, engine, and a reader of all questions. */
async function startProcess(database: Connections) {
  const intake = await openIntake({ db: database.db })
  let onTick = (_: Tick): void => {}
  const engine = await Engine.start({
    ...database,
    log,
    pace,
    clock: 'events',
    onTick: (tick) => onTick(tick),
  })
  const reader = readerOf(engine)
  onTick = reader.onTick
  return {
    engine,
    intake,
    reader,
    async caughtUp(): Promise<void> {
      const { seq } = await journalHead(database.db)
      await expect.poll(() => engine.at[0], { interval: 5 }).toBeGreaterThanOrEqual(seq)
    },
    async [Symbol.asyncDispose]() {
      await intake.close()
      await engine.close()
    },
  }
}

/** What a page does: takes a snapshot, and applies every patch after it. */
function readerOf(engine: Engine) {
  const rooms = new Rooms(engine)
  let page: Snapshot | undefined
  let room = ''
  return {
    open(): void {
      if (room) rooms.leave(room)
      room = rooms.enter(everyKind(engine))
      page = JSON.parse(rooms.snapshot(room).packet.slice(1))[1]
    },
    page: () => page!,
    onTick(tick: Tick): void {
      for (const [name, patch] of rooms.patches(tick)) {
        if (page && name === room) page = applied(page, JSON.parse(JSON.stringify(patch)))
      }
    },
  }
}

function applied(page: Snapshot, patch: Patch): Snapshot {
  expect(patch.from).toEqual(page.at)
  const changes = new Map(patch.views.map((change) => [change.id, change]))
  const views = page.views.map((view) => {
    const change = changes.get(view.id)
    return change ? applyChange(view, change) : view
  })
  return { at: patch.at, asOf: patch.asOf, views }
}

const fresh = (engine: Engine, spec: ViewSpec): ViewState =>
  freshView(engine.understand(spec), engine.cube).state('')

/** Other targets, for what was received from a time on: in the past as well as ahead of every event. */
const change = fc.record({
  from: fc.integer({ min: -1 * DAY, max: 5 * DAY }),
  respondWithin: fc.integer({ min: 1, max: 48 }),
  dueWithin: fc.option(fc.integer({ min: 1, max: 48 }), { nil: null }),
  satisfiedFrom: fc.integer({ min: 3, max: 5 }),
  rewriters: fc.integer({ min: 1, max: 2 }),
})
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never

async function changePolicy(db: Db, { from, rewriters, ...wanted }: Change): Promise<void> {
  const policy = {
    ...defaultPolicy,
    timeZone,
    satisfiedFrom: wanted.satisfiedFrom,
    respondWithin: { default: wanted.respondWithin, byCategory: { C1: 2 } },
    dueWithin: { default: wanted.dueWithin, byCategory: { C2: 12 } },
  }
  await setPolicy(db, policy, { from })
  await Promise.all(Array.from({ length: rewriters }, () => rewriteTickets(db)))
}

const timeZone = 'Europe/Berlin'

test('I1 and I3: after any events in any order and any change of policy, cut in any way, in two processes: the cube equals a recount of the facts, and snapshot + patches equal a fresh snapshot', async () => {
  await using database = await freshDatabase()
  await insertPolicy(database.db, { ...defaultPolicy, timeZone })
  const sources = [
    await addSource(database.db, { name: 'phone', kind: 'hotline' }),
    await addSource(database.db, { name: 'web', kind: 'web' }),
  ]
  await using one = await startProcess(database)
  await using two = await startProcess(database)

  const requests = fc.array(
    fc.record({
      source: fc.nat(1),
      process: fc.nat(1),
      events: fc.array(arbitraryEvent, { minLength: 1, maxLength: 12 }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  let elapsed = 0
  const changes = fc.option(change, { nil: null, freq: 2 })
  const pause = fc.integer({ min: 0, max: 20 * HOUR })
  await fc.assert(
    fc.asyncProperty(
      requests,
      pause,
      changes,
      fc.boolean(),
      async (requests, pause, changed, isReopened) => {
        elapsed += pause
        if (isReopened) one.reader.open()
        const submitted = requests.map(({ source, process, events }) =>
          [one, two][process]!.intake.submit(
            sources[source]!.id,
            events.map((event) => shifted(event, elapsed)),
          ),
        )
        const from = epoch + elapsed + (changed?.from ?? 0)
        await Promise.all([
          ...submitted,
          changed && changePolicy(database.db, { ...changed, from }),
        ])
        expect(await wronglyDecided(database.db)).toEqual([])
        await Promise.all([one.caughtUp(), two.caughtUp()])
        if (!one.reader.page()) one.reader.open()

        const facts = await readFacts(database.db)
        expect(one.engine.at).toEqual(two.engine.at)
        const specs = everyKind(one.engine)
        for (const spec of specs) {
          const { rows, totals } = fresh(one.engine, spec)
          const calendar = one.engine.terms.calendar
          const why = () => JSON.stringify(spec)
          const wanted = recount(facts, spec, { minute: one.engine.at[1], calendar })
          expectEqual({ rows, totals }, wanted, why)
          expectEqual(fresh(two.engine, spec), fresh(one.engine, spec), why)
        }
        const page = one.reader.page()
        expect(page.at).toEqual(one.engine.at)
        const byKey = new Map(specs.map((spec) => [one.engine.understand(spec).key, spec]))
        for (const view of page.views) {
          const { id: _, ...shown } = view
          const spec = byKey.get(view.id)!
          const { id: __, ...wanted } = JSON.parse(JSON.stringify(fresh(one.engine, spec)))
          expectEqual(shown, wanted, () => JSON.stringify(spec))
        }
      },
    ),
    { numRuns: 60, interruptAfterTimeLimit: 40_000 },
  )
}, 60_000)
