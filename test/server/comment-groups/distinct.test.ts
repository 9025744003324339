import fc from 'fast-check'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { sql } from 'kysely'
import { CommentEvent } from '#shared/consultations/events.ts'
import { checkJournal } from '../../../server/audit/check-journal.ts'
import { groupComments } from '../../../server/comment-groups/group-comments.ts'
import { Near } from '../../../server/comment-groups/near.ts'
import * as groupedVersions from '../../../server/db/migrations/0038-grouped-versions.ts'
import { loadDirectory } from '../../../server/dimensions/directory.ts'
import { openIntake } from '../../../server/intake/intake.ts'
import { journalHead } from '../../../server/journal/queries.ts'
import { Engine } from '../../../server/live/engine.ts'
import { freshView } from '../../../server/live/view-pool.ts'
import { addSource } from '../../../server/sources/sources.ts'
import { comment } from '../../support/consultations.ts'
import { freshDatabase } from '../../support/database.ts'

const letter =
  'The last boat home is not a luxury. Nurses, bakers and dock crews finish after midnight. Half an hour earlier means an hour’s walk round the bay.'
const 信 =
  '末班船回家不是奢侈。护士、面包师和码头工人都在午夜以后下班。早半小时，就意味着绕海湾多走一个小时。'

interface Told {
  id: string
  text: string
  version?: number
}

/** A draft whose comments are grouped when a test says so. */
async function ownDraft() {
  const database = await freshDatabase()
  const { db } = database
  const { id: sourceId } = await addSource(db, { name: 'portal', kind: 'web' })
  const intake = await openIntake({ db })
  return {
    db,
    say: (...told: Told[]) =>
      intake.submit(
        sourceId,
        told.map((one) => CommentEvent.parse(comment({ consultation: 'rules', ...one }))),
      ),
    /** As one process that starts would. */
    async group() {
      const near = new Near()
      while (await groupComments(db, near));
    },
    async groupSizes() {
      const { rows } = await sql<{ comments: number }>`
        select comments from comment_group where comments > 0 order by comments desc
      `.execute(db)
      return rows.map(({ comments }) => comments)
    },
    async [Symbol.asyncDispose]() {
      await intake.close()
      await database[Symbol.asyncDispose]()
    },
  }
}

test('a wording whose only comment says something else now is known by who says it in the same batch', async () => {
  await using draft = await ownDraft()
  const { say, group, groupSizes } = draft
  await say({ id: 'first', text: letter })
  await group()
  await say(
    { id: 'first', version: 2, text: 'Yes.' },
    { id: 'same', text: letter },
    { id: 'alike', text: `${letter} Thank you.` },
  )
  await group()
  expect(await groupSizes()).toEqual([2, 1])
})

test('a wording is known by the one of many comments that still says it', async () => {
  await using draft = await ownDraft()
  const { say, group, groupSizes } = draft
  const all = Array.from({ length: 300 }, (_, n) => ({ id: `one-${n}`, text: letter }))
  await say(...all)
  await group()
  await say(...all.toSpliced(150, 1).map((one) => ({ ...one, version: 2, text: 'No.' })), {
    id: 'alike',
    text: `${letter} Thank you.`,
  })
  await group()
  expect(await groupSizes()).toEqual([299, 2])
})

test('a wording that comes back is compared with what came while nobody said it', async () => {
  await using draft = await ownDraft()
  const { say, group, groupSizes } = draft
  await say({ id: 'first', text: letter })
  await group()
  await say({ id: 'first', version: 2, text: 'Yes.' })
  await group()
  await say({ id: 'alike', text: `${letter} Thank you.` })
  await group()
  await say({ id: 'same', text: letter })
  await group()
  expect(await groupSizes()).toEqual([2, 1])
})

test('a wording is compared again where the only comment that said it was changed before it was grouped', async () => {
  await using draft = await ownDraft()
  const { say, group, groupSizes } = draft
  await say({ id: 'first', text: letter })
  await group()
  // So many that what follows is grouped by itself.
  const others = Array.from({ length: 1000 }, (_, n) => ({ id: `other-${n}`, text: 'No.' }))
  await say({ id: 'alike', text: `${letter} Thank you.` }, ...others)
  await say({ id: 'first', version: 2, text: 'Yes.' }, { id: 'same', text: letter })
  await group()
  expect(await groupSizes()).toEqual([1000, 2, 1])
})

test('a wording that comes back finds one that is new, where a bucket lists others of its group', async () => {
  await using draft = await ownDraft()
  const { say, group, groupSizes } = draft
  const endings = Array.from({ length: 30 }, (_, n) => `${letter} ${(n + 11) ** 5}.`)
  await say(...endings.map((text, n) => ({ id: `one-${n}`, text })))
  await group()
  expect(await groupSizes()).toEqual([30])
  await say(...endings.map((_, n) => ({ id: `one-${n}`, version: 2, text: 'No.' })))
  await group()
  await say({ id: 'same', text: endings.at(-1)! }, { id: 'alike', text: `${letter} Thank you.` })
  await group()
  expect(await groupSizes()).toEqual([30, 2])
})

test('a store whose comments were grouped before their versions were noted goes on', async () => {
  await using draft = await ownDraft()
  const { db, say, group, groupSizes } = draft
  await say({ id: 'first', text: letter }, { id: 'other', text: 信 })
  await group()
  await say({ id: 'other', version: 2, text: 'Yes.' })
  await sql`alter table worded drop column version`.execute(db)
  await groupedVersions.up(db as never)
  const { rows } = await sql`select id, version from worded order by id`.execute(db)
  expect(rows).toEqual([
    { id: 'first', version: 1 },
    { id: 'other', version: null },
  ])
  await say({ id: 'alike', text: `${letter} Thank you.` }, { id: 'again', text: `${信}谢谢。` })
  await say({ id: 'same', text: 信 })
  await group()
  expect(await groupSizes()).toEqual([2, 2, 1])
})

interface Saying {
  id: number
  version: number
  text: number
  isPublished: boolean
  minute: number
  place: string | undefined
}

const sayings = fc.array(
  fc.array(
    fc.record({
      id: fc.nat(5),
      version: fc.nat(3),
      text: fc.nat(6),
      isPublished: fc.boolean(),
      minute: fc.nat(40),
      place: fc.constantFrom('1', '2', undefined),
    }),
    { minLength: 1, maxLength: 5 },
  ),
  { minLength: 1, maxLength: 6 },
)

/** Two letters with changes, and others. */
const texts = [
  letter,
  `${letter} Thank you.`,
  letter.toUpperCase(),
  信,
  `${信}谢谢。`,
  'Yes.',
  'No.',
]
const letterOf = [0, 0, 0, 1, 1, 2, 3]

test('distinct comments equal a recount, at each point of the journal, in any order and after any restart', async () => {
  await using database = await freshDatabase()
  const { db } = database
  const { id: sourceId } = await addSource(db, { name: 'portal', kind: 'web' })
  const intake = await openIntake({ db })
  const log = pino({ level: 'silent' })
  const engine = await Engine.start({
    ...database,
    log,
    pace: { atMost: 0, every: 50 },
    clock: 'events',
  })
  // Of two drafts that are written to in turn one has to be read again each time.
  const fewHeld = () => new Near(1)
  let near = fewHeld()
  let run = 0

  const groupAll = async () => {
    while (await groupComments(db, near));
  }
  const check = async (requests: Saying[][]) => {
    const code = `rules-${run++}`
    for (const [turn, request] of requests.entries()) {
      await intake.submit(
        sourceId,
        request.map((one) => eventOf(code, one)),
      )
      await intake.submit(sourceId, [eventOf('between', request[0]!)])
      // Now and then what was in memory is gone, or several batches come together.
      if (turn % 2 === 0) await groupAll()
      if (turn % 3 === 0) near = fewHeld()
    }
    await groupAll()
    const { seq } = await journalHead(db)
    await expect.poll(() => engine.at[0], { interval: 5 }).toBeGreaterThanOrEqual(seq)
    const shown = latestOf(requests.flat()).filter(({ isPublished }) => isPublished)
    const measures = ['commentsPublished', 'commentsDistinct'] as const
    const spec = {
      measures: [...measures],
      window: '2026-03-01/2026-04-01',
      filters: { consultation: [code] },
    }
    const { totals } = freshView(engine.understand(spec), engine.cube).state('')
    expect(totals.slice(1)).toEqual([
      shown.length,
      new Set(shown.map(({ text }) => letterOf[text]!)).size,
    ])
    const firsts = [...Map.groupBy(shown, ({ text }) => letterOf[text]!).values()].map((group) =>
      Math.min(...group.map(({ minute }) => minute)),
    )
    const stored = await sql<{ at: number; comments: number }>`
      select first_at as at, comments from comment_group
      where consultation = (select id from member where code = ${code}) and comments > 0
    `.execute(db)
    const start = Date.UTC(2026, 2, 2)
    expect(stored.rows.map(({ at }) => (at - start) / 60_000).sort()).toEqual(firsts.sort())
    expect(stored.rows.reduce((sum, { comments }) => sum + comments, 0)).toBe(shown.length)
  }
  // To make a counterexample smaller takes longer than a test may.
  await fc.assert(fc.asyncProperty(sayings, check), { numRuns: 8, endOnFailure: true })
  const directory = await loadDirectory(db)
  const { differences } = await checkJournal(database.sql, { directory, onTicket: () => {} })
  expect(differences).toEqual([])
  await intake.close()
  await engine.close()
})

function eventOf(code: string, one: Saying): CommentEvent {
  return CommentEvent.parse(
    comment({
      id: `${code}-${one.id}`,
      version: one.version,
      consultation: code,
      text: texts[one.text],
      provision: one.place,
      receivedAt: new Date(Date.UTC(2026, 2, 2) + one.minute * 60_000).toISOString(),
      ...(!one.isPublished && { status: 'withheld', reason: 'abuse' }),
    }),
  )
}

/** The highest version of each, the first that came of equal ones. */
function latestOf(all: readonly Saying[]): Saying[] {
  const latest = new Map<number, Saying>()
  for (const one of all) {
    const known = latest.get(one.id)
    if (!known || one.version > known.version) latest.set(one.id, one)
  }
  return [...latest.values()]
}
