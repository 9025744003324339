import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PollEvent } from '#shared/polls/events.ts'
import { openIntake } from '../../../server/intake/intake.ts'
import { importPoll } from '../../../server/poll-import/import-poll.ts'
import type { Kind } from '../../../server/poll-import/read-rows.ts'
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
