import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lastVotes } from '#shared/opinions/last-votes.ts'
import { PollEvent } from '#shared/polls/events.ts'
import { openIntake } from '../../../server/intake/intake.ts'
import { Engine } from '../../../server/live/engine.ts'
import { importPoll } from '../../../server/poll-import/import-poll.ts'
import type { Kind } from '../../../server/poll-import/read-rows.ts'
import { answerView } from '../../../server/views/answer.ts'
import { FactsDesk } from '../../../server/views/facts-desk.ts'
import { freshDatabase } from '../../support/database.ts'
import { agreementPoll, poll } from '../../support/polls.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let folder: string

beforeAll(async () => {
  database = await freshDatabase()
  folder = await mkdtemp(path.join(tmpdir(), 'poll-import-'))
  const intake = await openIntake({ db: database.db })
  await intake.submit(0, [PollEvent.parse(poll()), PollEvent.parse(agreementPoll())])
  await intake.close()
})
afterAll(async () => {
  await database[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

async function read(of: string, kind: Kind, text: string) {
  const file = path.join(folder, `${kind}.csv`)
  await writeFile(file, text)
  return importPoll(database.db, { poll: of, kind, file, source: 'files' })
}

test('an export of Polis is read as it is; again, it changes nothing, and of two votes the later counts', async () => {
  const at = Date.parse('2026-03-02T00:00:00Z')
  const statements = [
    'timestamp,comment-id,author-id,agrees,disagrees,moderated,comment-body',
    `${at},0,7,1,1,1,"Two lines,\nof one statement"`,
    `${at},1,7,0,0,-1,Spam`,
  ].join('\n')
  expect(await read('night', 'statements', statements)).toMatchObject({ read: 2, accepted: 2 })
  const votes = [
    'timestamp,datetime,comment-id,voter-id,vote',
    `${at + 5},x,0,3,-1`,
    `${at + 1},x,0,3,1`,
    `${at + 2},x,0,4,0`,
    `${at + 2},x,0,5,2`,
  ].join('\n')
  const first = await read('night', 'votes', votes)
  expect(first).toMatchObject({
    read: 4,
    accepted: 2,
    stale: 1,
    rejected: [{ line: 5, path: 'vote' }],
  })
  expect(await read('night', 'votes', votes)).toMatchObject({ accepted: 0, unchanged: 2, stale: 1 })
  const stored = await database.db
    .selectFrom('answer')
    .select(['person', 'vote'])
    .where('statement', '<>', 0)
    .orderBy('person')
    .execute()
  expect(stored).toEqual([
    { person: '3', vote: -1 },
    { person: '4', vote: 0 },
  ])
  const told = await database.db.selectFrom('statement').select(['code', 'isPublished']).execute()
  expect(told).toEqual([
    { code: '0', isPublished: true },
    { code: '1', isPublished: false },
  ])
})

test('answers are read with their choices and groups, and what cannot be taken is told by its line', async () => {
  const answers = [
    'person,at,q.hours,q.wanted,g.age',
    'p1,2026-03-02T10:00:00Z,ten,seats; food,old',
    'p2,2026-03-02T10:00:00Z,noon,,',
    'p3,,ten,,',
  ].join('\n')
  const tally = await read('evenings', 'answers', answers)
  expect(tally).toMatchObject({ read: 3, accepted: 1 })
  expect(tally.rejected.map(({ line, path: at }) => [line, at])).toEqual([
    [4, 'version'],
    [4, 'answeredAt'],
    [3, 'answers.hours'],
  ])
  const [stored] = await database.db
    .selectFrom('answer')
    .select(['chosen', 'groups'])
    .where('statement', '=', 0)
    .execute()
  expect(stored).toMatchObject({ groups: { age: 'old' } })
  expect(stored!.chosen).toHaveLength(3)
})

const FOLDER = path.resolve('../shared/data/polis')
const isThere = existsSync(FOLDER)
if (!isThere) console.warn('The import of Polis exports is skipped: ../shared/data is not there.')

type Cells = Record<string, string>
const cellsIn = async (file: string): Promise<Cells[]> =>
  parse(await readFile(file), { columns: true })

test.skipIf(!isThere)(
  'published polls are counted as their votes were cast, each by the last word of each voter on each statement',
  async () => {
    const folders = (await readdir(FOLDER, { withFileTypes: true })).filter((one) =>
      one.isDirectory(),
    )
    const open = { opensAt: '2016-01-01T00:00:00Z', closesAt: '2026-01-01T00:00:00Z' }
    const intake = await openIntake({ db: database.db })
    const cast = new Map<string, Cells[]>()
    for (const [at, { name }] of folders.entries()) {
      const id = `published-${at}`
      await intake.submit(0, [PollEvent.parse(agreementPoll({ id, ...open }))])
      const [comments, votes] = ['comments', 'votes'].map((of) =>
        path.join(FOLDER, name, `${of}.csv`),
      )
      const polled = { poll: id, source: 'files' }
      const statements = await importPoll(database.db, {
        ...polled,
        kind: 'statements',
        file: comments!,
      })
      const tally = await importPoll(database.db, { ...polled, kind: 'votes', file: votes! })
      expect([name, statements.rejected, tally.rejected]).toEqual([name, [], []])
      cast.set(id, await cellsIn(votes!))
      expect(tally.read).toBe(cast.get(id)!.length)
    }
    await intake.close()
    const counted = await countedOf([...cast.keys()])
    for (const [id, votes] of cast) {
      const own = [...counted].filter(([key]) => key?.startsWith(`${id}/`))
      expect(Object.fromEntries(own)).toEqual(recounted(id, votes))
    }
    expect(cast.size).toBe(6)
  },
)

/** By statement who agrees, disagrees and passes, and all of them: of the last vote of each voter on it. */
function recounted(id: string, votes: readonly Cells[]) {
  const last = lastVotes(
    votes.map((one) => ({
      voter: Number(one['voter-id']),
      statement: Number(one['comment-id']),
      value: Number(one.vote),
      at: Number(one.timestamp),
    })),
  )
  const count = (own: typeof last, value: number) => own.filter((one) => one.value === value).length
  const byStatement = Map.groupBy(last, ({ statement }) => `${id}/${statement}`)
  return Object.fromEntries(
    [...byStatement].map(([key, own]) => [
      key,
      [count(own, 1), count(own, -1), count(own, 0), own.length],
    ]),
  )
}

/** What everybody is answered of each statement, by its key. */
async function countedOf(polls: string[]) {
  const engine = await Engine.start({
    ...database,
    ...{ log: pino({ level: 'silent' }), clock: 'database', pace: { atMost: 0, every: 50 } },
  })
  const desk = new FactsDesk(database.sql, 'database')
  const spec = { measures: ['agreement'], by: 'statement', filters: { poll: polls } } as const
  const { columns, rows } = await answerView(
    { engine, db: database.db, desk },
    { spec: { ...spec, window: '2016-01-01/2026-01-01' }, at: undefined },
    { signal: AbortSignal.timeout(30_000) },
  )
  await engine.close()
  const names = columns.slice(1).map(({ id }) => id)
  const counts = (cells: readonly (number | null)[]) =>
    ['agree', 'disagree', 'pass', 'n'].map((name) => cells[names.indexOf(`agreement.${name}`)] ?? 0)
  return new Map(rows.map(([key, ...cells]) => [key, counts(cells)]))
}
