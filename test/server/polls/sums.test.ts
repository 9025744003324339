import fc from 'fast-check'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { stands } from '#shared/opinions/votes.ts'
import { PollEvent, PollResponseEvent, VoteEvent } from '#shared/polls/events.ts'
import { checkJournal } from '../../../server/audit/check-journal.ts'
import { openIntake } from '../../../server/intake/intake.ts'
import { journalHead } from '../../../server/journal/queries.ts'
import { Engine } from '../../../server/live/engine.ts'
import { freshView } from '../../../server/live/view-pool.ts'
import { addSource } from '../../../server/sources/sources.ts'
import { freshDatabase } from '../../support/database.ts'
import { agreementPoll, poll, response, vote } from '../../support/polls.ts'

const hours = ['ten', 'midnight', 'all-night']
const wanted = ['seats', 'food', 'music']

interface Said {
  person: number
  version: number
  minute: number
  hours: string | null
  wanted: string[]
  stand: (typeof stands)[number]
}

const said: fc.Arbitrary<Said> = fc.record({
  person: fc.nat(4),
  version: fc.nat(3),
  minute: fc.nat(90),
  hours: fc.option(fc.constantFrom(...hours), { nil: null }),
  wanted: fc.uniqueArray(fc.constantFrom(...wanted), { maxLength: 2 }),
  stand: fc.constantFrom(...stands),
})
const requests = fc.array(fc.array(said, { minLength: 1, maxLength: 6 }), {
  minLength: 1,
  maxLength: 6,
})

test('I1: answers and votes counted live equal a recount of the last of each person, in any order of arrival', async () => {
  await using database = await freshDatabase()
  const { id: sourceId } = await addSource(database.db, { name: 'portal', kind: 'web' })
  const intake = await openIntake({ db: database.db })
  const log = pino({ level: 'silent' })
  const engine = await Engine.start({
    ...database,
    ...{ log, clock: 'events', pace: { atMost: 0, every: 50 } },
  })
  let run = 0

  const ask = (of: string, measure: 'choice' | 'agreement', by: 'choice' | 'statement') => {
    const spec = {
      ...{ measures: [measure], window: '2026-03-01/2026-04-01', by },
      filters: { poll: [of] },
    } as const
    return freshView(engine.understand(spec), engine.cube).state('').rows
  }

  const check = async (all: Said[][]) => {
    const [asked, night] = [`asked-${run}`, `night-${run++}`]
    const polls = [poll({ id: asked }), agreementPoll({ id: night })]
    await intake.submit(
      sourceId,
      polls.map((one) => PollEvent.parse(one)),
    )
    for (const request of all) {
      await intake.submit(
        sourceId,
        request.flatMap((one) => eventsOf(one, asked, night)),
      )
    }
    const { seq } = await journalHead(database.db)
    await expect.poll(() => engine.at[0], { interval: 5 }).toBeGreaterThanOrEqual(seq)

    const last = lastOf(all.flat())
    const rows = new Map(ask(asked, 'choice', 'choice').map((row) => [row[0], row]))
    for (const [question, choices] of Object.entries({ hours, wanted })) {
      const answered = last.filter((one) => chosenBy(one, question).length > 0)
      for (const choice of choices) {
        const n = answered.filter((one) => chosenBy(one, question).includes(choice)).length
        const row = rows.get(`${asked}/${question}/${choice}`) ?? [null, null, 0, 0]
        expect(row.slice(2)).toEqual([n, answered.length])
      }
    }
    const [row] = ask(night, 'agreement', 'statement')
    const count = (stand: Said['stand']) => last.filter((one) => one.stand === stand).length
    expect(row?.slice(2)).toEqual([
      ...[count('agree'), last.length],
      ...[count('disagree'), count('pass')],
    ])
  }
  await fc.assert(fc.asyncProperty(requests, check), {
    ...{ numRuns: 12, interruptAfterTimeLimit: 2500 },
  })
  const { differences } = await checkJournal(database.sql, {
    directory: engine.terms.directory,
    onTicket: () => {},
  })
  expect(differences).toEqual([])
  await intake.close()
  await engine.close()
}, 60_000)

const timeOf = ({ minute }: Said) => new Date(Date.UTC(2026, 2, 2) + minute * 60_000).toISOString()

function eventsOf(one: Said, asked: string, night: string) {
  const own = { person: `p${one.person}`, version: one.version }
  const answers = {
    ...(one.hours !== null && { hours: one.hours }),
    ...(one.wanted.length > 0 && { wanted: one.wanted }),
  }
  return [
    PollResponseEvent.parse(response({ ...own, poll: asked, answers, answeredAt: timeOf(one) })),
    VoteEvent.parse(vote({ ...own, poll: night, vote: one.stand, votedAt: timeOf(one) })),
  ]
}

const chosenBy = (one: Said, question: string): string[] => {
  if (question === 'wanted') return one.wanted
  return one.hours === null ? [] : [one.hours]
}

/** The highest version of each person, the first that came of equal ones. */
function lastOf(all: readonly Said[]): Said[] {
  const last = new Map<number, Said>()
  for (const one of all) {
    const known = last.get(one.person)
    if (!known || one.version > known.version) last.set(one.person, one)
  }
  return [...last.values()]
}
