import fc from 'fast-check'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import type { TicketEvent } from '#shared/events.ts'
import { contributionsVersion } from '#shared/measures/contributions.ts'
import { defaultPolicy } from '#shared/policy.ts'
import { DAY, HOUR, MINUTE, minuteOf } from '#shared/time.ts'
import type { At, ViewSpec, ViewState } from '#shared/view.ts'
import { unsaid } from '../../../server/demo/telling.ts'
import { openIntake } from '../../../server/intake/intake.ts'
import { journalHead } from '../../../server/journal/queries.ts'
import { Engine } from '../../../server/live/engine.ts'
import { insertPolicy } from '../../../server/policies/queries.ts'
import { addSource } from '../../../server/sources/sources.ts'
import { answerView } from '../../../server/views/answer.ts'
import { FactsDesk } from '../../../server/views/facts-desk.ts'
import { rewind } from '../../../server/views/rewind.ts'
import { arbitraryEvent, shifted } from '../../support/arbitrary-event.ts'
import { freshDatabase } from '../../support/database.ts'
import { decideAnew } from '../../support/decide-anew.ts'
import { expectEqual } from '../../support/expect-equal.ts'
import { everyKind } from '../../support/questions.ts'

const log = pino({ level: 'silent' })
const patient = { signal: new AbortController().signal }

/** A city with one process that follows it, and everything that answers views of it. */
async function city() {
  const database = await freshDatabase()
  await insertPolicy(database.db, { ...defaultPolicy, timeZone: 'Europe/Berlin' })
  const { id } = await addSource(database.db, { name: 'phone', kind: 'hotline' })
  const intake = await openIntake({ db: database.db })
  const pace = { atMost: 0, every: 20 }
  const engine = await Engine.start({ ...database, log, pace, clock: 'events' })
  const desk = new FactsDesk(database.sql, 'events')
  const views = { engine, db: database.db, desk }

  async function caughtUp(): Promise<void> {
    const { seq } = await journalHead(database.db)
    await expect.poll(() => engine.at[0], { interval: 5 }).toBeGreaterThanOrEqual(seq)
  }

  return {
    ...database,
    engine,
    desk,
    caughtUp,
    async tell(...events: TicketEvent[]): Promise<void> {
      await intake.submit(id, events)
      await caughtUp()
    },
    ask: (spec: ViewSpec, at?: At) => answerView(views, { spec, at }, patient),
    async throughCube(spec: ViewSpec, at: At): Promise<Shown | undefined> {
      const view = await rewind(views, engine.understand(spec), at)
      view?.takeChange('')
      return view && shownIn(view.state(''))
    },
    async throughFacts(spec: ViewSpec, at: At): Promise<Shown> {
      const { view } = await desk.ask(engine.understand(spec), at, patient)
      view.takeChange('')
      return shownIn(view.state(''))
    },
    async [Symbol.asyncDispose]() {
      await intake.close()
      await engine.close()
      await database[Symbol.asyncDispose]()
    },
  }
}

type Shown = Pick<ViewState, 'rows' | 'totals'>

const shownIn = ({ rows, totals }: ViewState): Shown => ({ rows, totals })

interface Remembered {
  spec: ViewSpec
  at: At
  shown: Shown
}

test('I1: after any events, each remembered answer is given again for its pair, through the cube and through the facts', async () => {
  await using place = await city()
  const { engine, db, tell, caughtUp, ask, throughCube, throughFacts } = place
  let remembered: Remembered[] = []
  let elapsed = 0
  const steps = fc.record({
    events: fc.array(arbitraryEvent, { minLength: 1, maxLength: 12 }),
    pause: fc.integer({ min: 0, max: 20 * HOUR }),
    isDecidedAnew: fc.boolean(),
    picks: fc.array(fc.nat(), { minLength: 4, maxLength: 4 }),
  })
  let compared = 0

  await fc.assert(
    fc.asyncProperty(steps, async ({ events, pause, isDecidedAnew, picks }) => {
      elapsed += pause
      await tell(...events.map((event) => shifted(event, elapsed)))
      if (isDecidedAnew) await decideAnew(db)
      await caughtUp()

      await Promise.all(
        remembered.map(async ({ spec, at, shown }) => {
          const why = () => `${JSON.stringify(spec)} at ${at}, now ${engine.at}`
          expectEqual(await throughCube(spec, at), shown, why)
          expectEqual(await throughFacts(spec, at), shown, why)
          const answer = await ask(spec, at)
          expectEqual(shownIn({ id: '', ...answer }), shown, why)
          expect(answer).toMatchObject({ at, basis: 'past', from: 'cube' })
          compared++
        }),
      )

      const specs = everyKind(engine)
      const fresh = picks.map((pick): Remembered => {
        const spec = specs[pick % specs.length]!
        const shown = shownIn(engine.answer(engine.understand(spec)).state(''))
        return { spec, at: engine.at, shown }
      })
      remembered = [...remembered.slice(-12), ...fresh]
    }),
    { numRuns: 40, interruptAfterTimeLimit: 40_000 },
  )
  expect(compared).toBeGreaterThan(100)
}, 60_000)

const noon = Date.UTC(2026, 2, 3, 12)
const received = (receivedAt: number, more: Partial<TicketEvent> = {}): TicketEvent => ({
  ...unsaid,
  id: crypto.randomUUID(),
  version: 1,
  receivedAt,
  agency: 'PWD',
  ...more,
})

const day: ViewSpec = { measures: ['received', 'open'], window: '24h', by: 'agency' }

test('a past answer says as of when it is, and that it is what was shown', async () => {
  await using place = await city()
  await place.tell(received(noon))
  const { at } = await place.ask(day)
  await place.tell(received(noon + 3 * HOUR))

  const answer = await place.ask(day, at)
  expect(at).toEqual([1, minuteOf(noon) + 1])
  expect(answer).toMatchObject({ seq: 1, at, basis: 'past', from: 'cube', rows: [['PWD', 1, 1]] })
  expect(answer.asOf).toBe(new Date(noon).toISOString())
  expect((await place.ask(day)).rows).toEqual([['PWD', 2, 2]])
})

test('before a break it is a recount of the facts by the definitions of today, and says so; at the break it is not', async () => {
  await using place = await city()
  const { sql, tell, ask } = place
  for (const hour of [0, 1, 2, 3]) await tell(received(noon + hour * HOUR))
  const minute = minuteOf(noon + 3 * HOUR) + 1
  // As if an earlier version of the program had written the first two.
  await sql`update journal set contributions = ${contributionsVersion - 1} where seq <= 2`

  const recounted = await ask(day, [1, minute])
  const ofThePast = await ask(day, [3, minute])

  expect(recounted).toMatchObject({ basis: 'recounted', from: 'facts', rows: [['PWD', 1, 1]] })
  expect(await ask(day, [2, minute])).toMatchObject({ basis: 'recounted', rows: [['PWD', 2, 2]] })
  expect(ofThePast).toMatchObject({ basis: 'past', from: 'cube', rows: [['PWD', 3, 3]] })
  expect(await place.throughCube(day, [1, minute])).toBeUndefined()
})

test('a window that began before what the cube holds is counted from the facts as they were', async () => {
  await using place = await city()
  const { tell, ask } = place
  const longAgo = noon - 500 * DAY
  await tell(received(longAgo, { id: 'old', agency: 'Parks' }))
  const { at } = await ask(day)
  await tell(received(noon))
  await tell(received(longAgo, { id: 'old', version: 2, agency: 'Water' }))

  const answer = await ask(day, at)

  expect(answer).toMatchObject({ basis: 'past', from: 'facts', rows: [['Parks', 1, 1]] })
  expect(answer.window.end).toBe(new Date(longAgo + MINUTE).toISOString())
})

test('a close counts among those that may be reopened 14 days later, also where the window begins after it', async () => {
  await using place = await city()
  const { tell, ask } = place
  const longAgo = Date.UTC(2024, 5, 1)
  await tell(
    received(noon),
    received(longAgo - DAY, { status: 'closed', closedAt: longAgo, agency: 'Parks' }),
  )
  const spec: ViewSpec = { measures: ['reopenRate'], window: '2024-06-10/2024-06-20' }

  expect(await ask(spec)).toMatchObject({ basis: 'now', from: 'facts', totals: [null, 0, 0, 1] })
})

test.each([
  ['2,0', [2, 0]],
  ['ahead of the minute', [1, 1e14]],
] as const)('what is not past yet is refused: %s', async (_, at) => {
  await using place = await city()
  await place.tell(received(noon))

  await expect(place.ask(day, at)).rejects.toMatchObject({ status: 400, path: 'at' })
})

test('no row that the journal holds is left out while it goes on', async () => {
  await using place = await city()
  const { engine, tell, ask } = place
  await tell(received(noon))
  const { at, rows } = await ask(day)
  let isOver = false
  const telling = (async () => {
    for (let i = 1; !isOver; i++) await tell(received(noon - i * MINUTE))
  })()

  while (engine.at[0] < 25) {
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(day, at)))
    for (const answer of answers) expect(answer).toMatchObject({ rows, from: 'cube' })
  }
  isOver = true
  await telling
}, 60_000)
