import fc from 'fast-check'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import type { CommentEvent } from '#shared/consultations/events.ts'
import { CommentEvent as Schema, ConsultationEvent } from '#shared/consultations/events.ts'
import type { ModerationDeed } from '#shared/oversight/moderation.ts'
import { checkJournal } from '../../../server/audit/check-journal.ts'
import type { Db } from '../../../server/db/connect.ts'
import { confirmDraft } from '../../../server/consultations/confirm-draft.ts'
import { openIntake } from '../../../server/intake/intake.ts'
import { journalHead } from '../../../server/journal/queries.ts'
import { Engine } from '../../../server/live/engine.ts'
import { freshView } from '../../../server/live/view-pool.ts'
import { moderate } from '../../../server/moderation/moderate.ts'
import { addSource } from '../../../server/sources/sources.ts'
import { article, comment, consultation, draft } from '../../support/consultations.ts'
import { freshDatabase } from '../../support/database.ts'

const { speed, horn, last, fines } = article

/** Draft 2 puts one in front, takes one word out and moves one; draft 3 makes one of two, and draft 4 two of it again. */
const drafts = [
  draft(1, speed, horn, last),
  draft(2, fines, last, speed.replace('8', '6'), horn),
  draft(3, fines, `${last} ${horn}`, speed.replace('8', '6')),
  draft(4, fines, speed.replace('8', '6'), last, horn),
]
/** What each provision of each draft has become in the last one. */
const standsFor: Record<string, string> = {
  ...{ '1/1': 'speed', '1/2': 'horn', '1/3': 'last' },
  ...{ '2/1': 'fines', '2/2': 'last', '2/3': 'speed', '2/4': 'horn' },
  ...{ '3/1': 'fines', '3/2': 'last', '3/3': 'speed' },
  // What was said before the split stays with its greater part.
  ...{ '4/1': 'fines', '4/2': 'speed', '4/3': 'last', '4/4': 'split off' },
}

interface Saying {
  id: number
  version: number
  place: string | null
  isPublished: boolean
  stance: CommentEvent['stance']
  person: number
  minute: number
}

const saying: fc.Arbitrary<Saying> = fc.record({
  id: fc.nat(6),
  version: fc.nat(3),
  place: fc.option(fc.constantFrom(...Object.keys(standsFor)), { nil: null }),
  isPublished: fc.boolean(),
  stance: fc.constantFrom('support' as const, 'oppose' as const, 'amend' as const, null),
  person: fc.nat(3),
  minute: fc.nat(90),
})

/** Comments in requests, and confirmations of drafts and decisions of the secretariat anywhere between. */
const course = fc.record({
  requests: fc.array(fc.array(saying, { minLength: 1, maxLength: 6 }), {
    minLength: 1,
    maxLength: 6,
  }),
  toldAt: fc.nat(6),
  /** What came before the first and after the last of these minutes counts only if the days are told anew. */
  days: fc.tuple(fc.nat(45), fc.integer({ min: 46, max: 90 })),
  isToldAnew: fc.boolean(),
  confirmedAt: fc.tuple(fc.nat(6), fc.nat(6), fc.nat(6)),
  /** The secretariat withholds a comment, or publishes it again, after one of the requests. */
  rulings: fc.array(fc.record({ id: fc.nat(6), after: fc.nat(5) }), { maxLength: 6 }),
})

type Course = typeof course extends fc.Arbitrary<infer One> ? One : never

test('counts per provision sum to the whole and equal a recount, in any order of arrival, moderation, re-versioning and days', async () => {
  await using database = await freshDatabase()
  const { id: sourceId } = await addSource(database.db, { name: 'portal', kind: 'web' })
  const intake = await openIntake({ db: database.db })
  const log = pino({ level: 'silent' })
  const pace = { atMost: 0, every: 50 }
  const engine = await Engine.start({ ...database, log, pace, clock: 'events' })
  let run = 0

  const ask = (code: string, by?: 'provision') => {
    const spec = {
      measures: [
        ...(['commentsReceived', 'commentsPublished', 'commentsWithheld', 'stance'] as const),
        ...(['people', 'peopleOfProvision'] as const),
      ],
      window: '2026-03-01/2026-04-01',
      filters: { consultation: [code] },
      ...(by && { by }),
    }
    return freshView(engine.understand(spec), engine.cube).state('')
  }

  const check = async (course: Course) => {
    const { requests, toldAt, days, isToldAnew, confirmedAt, rulings } = course
    const code = `rules-${run++}`
    const [first, end] = days
    const term = { opensAt: instantOf(first), closesAt: instantOf(end) }
    const tell = (told: object = term) =>
      intake.submit(sourceId, [
        ConsultationEvent.parse(consultation({ id: code, drafts, ...told })),
      ])
    const isWithin = ({ minute }: Saying) => minute >= first && minute < end
    // What became of each draft is decided before what became of the next.
    let waiting = 2
    const confirmNext = async () => {
      const row = await database.db
        .selectFrom('consultation')
        .select('id')
        .where('code', '=', code)
        .executeTakeFirst()
      if (!row) return
      const confirm = (trx: Db) => confirmDraft(trx, row.id, waiting)
      if (await database.db.transaction().execute(confirm)) waiting++
    }
    const ruledOut = new Set<number>()
    const rule = async (id: number) => {
      const isPublishing = ruledOut.has(id)
      const done = await ruleOn(database.db, { sourceId, code, id, isPublishing })
      if (done && isPublishing) ruledOut.delete(id)
      else if (done) ruledOut.add(id)
    }
    const events = requests.map((request) => request.map((one) => eventOf(code, one)))
    for (const [at, request] of events.entries()) {
      if (at === toldAt) await tell()
      await intake.submit(sourceId, request)
      if (confirmedAt.includes(at)) await confirmNext()
      for (const { id } of rulings.filter(({ after }) => after === at)) await rule(id)
    }
    await tell()
    if (isToldAnew) await tell({ version: 2 })
    while (waiting <= drafts.length) await confirmNext()
    const { seq } = await journalHead(database.db)
    await expect.poll(() => engine.at[0], { interval: 5 }).toBeGreaterThanOrEqual(seq)

    const taken = requests.flatMap((request, at) =>
      request.filter((one) => at < toldAt || isWithin(one)),
    )
    const stored = latestOf(taken).filter((one) => isToldAnew || isWithin(one))
    const whole = ask(code)
    const { rows, totals } = ask(code, 'provision')
    const [, received, published, withheld, , support, n, oppose, amend, people] = totals
    expect(totals).toEqual(whole.totals)
    expect(received).toBe(stored.length)
    expect(published! + withheld!).toBe(received)
    expect(support! + oppose! + amend!).toBe(n)
    for (const column of [1, 2, 3, 5, 6, 7, 8]) {
      const cells = rows.map((row) => Number(row[column]))
      expect(cells.reduce((sum, cell) => sum + cell, 0)).toBe(totals[column])
    }
    const shown = stored.filter(({ isPublished, id }) => isPublished && !ruledOut.has(id))
    expect(published).toBe(shown.length)
    expect(people).toBe(new Set(shown.map(({ person }) => person)).size)
    const told = rows.filter(([key]) => key !== '(none)').map((row) => [row[2], row.at(-1)])
    expect(told.filter(([n]) => n !== 0).sort()).toEqual(recounted(shown).sort())
  }
  // Three at once, as portals write.
  const courses = fc.array(course, { minLength: 3, maxLength: 3 })
  await fc.assert(
    fc.asyncProperty(courses, async (all) => void (await Promise.all(all.map(check)))),
    { numRuns: 12, endOnFailure: true },
  )
  const { directory } = engine.terms
  const { differences } = await checkJournal(database.sql, { directory, onTicket: () => {} })
  expect(differences).toEqual([])
  await intake.close()
  await engine.close()
}, 60_000)

const instantOf = (minute: number) => new Date(Date.UTC(2026, 2, 2) + minute * 60_000).toISOString()

interface Ruled {
  sourceId: number
  code: string
  id: number
  isPublishing: boolean
}

/** False: there is no such comment yet. */
async function ruleOn(db: Db, { sourceId, code, id, isPublishing }: Ruled): Promise<boolean> {
  const comment = { sourceId, id: `${code}-${id}` }
  const row = await db
    .selectFrom('comment')
    .select('consultation')
    .where('sourceId', '=', sourceId)
    .where('id', '=', comment.id)
    .executeTakeFirst()
  if (!row) return false
  const body = { agency: null, area: null, category: null, consultation: code }
  const texts = { comment: comment.id, reason: 'a' }
  const deed: ModerationDeed = isPublishing
    ? { kind: 'comment.published', body, texts }
    : { kind: 'comment.withheld', body: { ...body, withheldFor: 'abuse' }, texts }
  const { consultation } = row
  await moderate(db, { person: null, key: null, consultation, comment, deed })
  return true
}

function eventOf(code: string, one: Saying): CommentEvent {
  const [number, provision] = one.place?.split('/') ?? []
  const event = comment({
    id: `${code}-${one.id}`,
    version: one.version,
    consultation: code,
    ...(number && { draft: Number(number), provision }),
    stance: one.stance,
    person: `${code}-p${one.person}`,
    receivedAt: instantOf(one.minute),
    ...(!one.isPublished && { status: 'withheld', reason: 'abuse' }),
  })
  return Schema.parse(event)
}

/** The highest version of each, the first that came of equal ones. */
function latestOf(sayings: readonly Saying[]): Saying[] {
  const latest = new Map<number, Saying>()
  for (const one of sayings) {
    const known = latest.get(one.id)
    if (!known || one.version > known.version) latest.set(one.id, one)
  }
  return [...latest.values()]
}

/** Comments and persons of each provision, as draft 4 has it: what was said on horns before it belongs to the last departures. */
function recounted(shown: readonly Saying[]): [number, number][] {
  const named = shown.filter(({ place }) => place !== null)
  const groups = Map.groupBy(named, ({ place }) => standsFor[place!]!.replace('horn', 'last'))
  return [...groups.values()].map((group) => [
    group.length,
    new Set(group.map(({ person }) => person)).size,
  ])
}
