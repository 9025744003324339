import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
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

const FOLDER = path.resolve('../shared/data/polis/canadian-electoral-reform')
const isThere = existsSync(FOLDER)
if (!isThere) console.warn('The import of a Polis export is skipped: ../shared/data is not there.')

test.skipIf(!isThere)(
  'a published poll is counted as it was published, but for 68 votes that took the place of an earlier one',
  async () => {
    const [comments, votes] = ['comments', 'votes'].map((name) => path.join(FOLDER, `${name}.csv`))
    const polled = { poll: 'reform', source: 'files' }
    const open = { opensAt: '2016-01-01T00:00:00Z', closesAt: '2026-01-01T00:00:00Z' }
    const intake = await openIntake({ db: database.db })
    await intake.submit(0, [PollEvent.parse(agreementPoll({ id: 'reform', ...open }))])
    await intake.close()
    await importPoll(database.db, { ...polled, kind: 'statements', file: comments! })
    const tally = await importPoll(database.db, { ...polled, kind: 'votes', file: votes! })
    expect(tally).toMatchObject({ read: 12_018, rejected: [] })

    const counted = await countedOf('reform')
    const told = parse(await readFile(comments!), { columns: true }) as Record<string, string>[]
    let replaced = 0
    for (const { 'comment-id': id, agrees, disagrees } of told) {
      const { agree = 0, disagree = 0 } = counted.get(`reform/${id}`) ?? {}
      expect(agree).toBeLessThanOrEqual(Number(agrees))
      expect(disagree).toBeLessThanOrEqual(Number(disagrees))
      replaced += Number(agrees) + Number(disagrees) - agree - disagree
    }
    const all = [...counted.values()].reduce((sum, { n = 0 }) => sum + n, 0)
    expect([told.length, all, 12_018 - all]).toEqual([174, 11_950, 68])
    expect(replaced).toBeLessThanOrEqual(68)
  },
)

/** What everybody is answered of each statement, by its key. */
async function countedOf(of: string) {
  const engine = await Engine.start({
    ...database,
    ...{ log: pino({ level: 'silent' }), clock: 'database', pace: { atMost: 0, every: 50 } },
  })
  const desk = new FactsDesk(database.sql, 'database')
  const spec = { measures: ['agreement'], by: 'statement', filters: { poll: [of] } } as const
  const { columns, rows } = await answerView(
    { engine, db: database.db, desk },
    { spec: { ...spec, window: '2016-01-01/2026-01-01' }, at: undefined },
    { signal: AbortSignal.timeout(30_000) },
  )
  await engine.close()
  const names = columns.slice(1).map(({ id }) => id.replace('agreement.', ''))
  const counts = (cells: readonly (number | null)[]) =>
    Object.fromEntries(names.map((name, at) => [name, cells[at] ?? 0]))
  return new Map(rows.map(([key, ...cells]) => [key, counts(cells)]))
}
