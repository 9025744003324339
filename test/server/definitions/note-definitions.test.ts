import { expect, test } from 'vitest'
import { answerMeasures } from '#shared/consultations/answer-measures.ts'
import { measureIds } from '#shared/measures/all.ts'
import { contributionsVersion } from '#shared/measures/contributions.ts'
import type { Break } from '#shared/view.ts'
import { noteDefinitions } from '../../../server/definitions/note-definitions.ts'
import { definitionChanges } from '../../../server/definitions/queries.ts'
import { journalHead } from '../../../server/journal/queries.ts'
import { runningApp } from '../../support/app.ts'
import { freshDatabase } from '../../support/database.ts'

const meaning = (measure: string, version = 1, contributions = contributionsVersion) => ({
  measure,
  version,
  contributionsVersion: contributions,
  sha256: '00',
})

test('the first definitions of a database are its beginning, and break nothing', async () => {
  await using database = await freshDatabase()
  const { db } = database

  expect(await noteDefinitions(db)).toEqual([])
  expect(await noteDefinitions(db)).toEqual([])

  const noted = await db.selectFrom('definition').select('measure').orderBy('measure').execute()
  const known = [...measureIds, ...answerMeasures.map(({ id }) => id)]
  expect(noted.map(({ measure }) => measure)).toEqual(known.toSorted())
  expect(await definitionChanges(db)).toEqual([])
  expect((await journalHead(db)).seq).toBe(0)
})

test('a changed definition is a break and a row of the journal; a new measure is none', async () => {
  await using database = await freshDatabase()
  const { db } = database
  await noteDefinitions(db, [meaning('open'), meaning('closed')])

  const next = [meaning('open', 2), meaning('closed'), meaning('reopened')]
  expect(await noteDefinitions(db, next)).toEqual(['open'])
  expect(await noteDefinitions(db, next)).toEqual([])
  expect(await noteDefinitions(db, [...next, meaning('received')])).toEqual([])

  expect(await definitionChanges(db)).toMatchObject([{ measure: 'open', version: 2, seq: 1 }])
  const rows = await db.selectFrom('journal').select(['seq', 'kind', 'contributions']).execute()
  expect(rows).toEqual([{ seq: 1, kind: 'definitions', contributions: contributionsVersion }])
})

test('what is only said in other words is noted, and breaks nothing', async () => {
  await using database = await freshDatabase()
  const { db } = database
  await noteDefinitions(db, [meaning('open'), meaning('closed')])
  const reworded = [{ ...meaning('open'), sha256: '01' }, meaning('closed')]
  expect(await noteDefinitions(db, reworded)).toEqual(['open'])
  expect(await noteDefinitions(db, reworded)).toEqual([])
  expect(await noteDefinitions(db, [meaning('open', 2)])).toEqual(['open'])

  expect(await definitionChanges(db)).toMatchObject([{ measure: 'open', version: 2, seq: 2 }])
  const noted = await db
    .selectFrom('definition')
    .select('sha256')
    .where('measure', '=', 'open')
    .execute()
  expect(noted.map(({ sha256 }) => sha256)).toEqual(['00', '01', '00'])
})

test('another version of the contributions is a break of every measure, and so is going back', async () => {
  await using database = await freshDatabase()
  const { db } = database
  const both = (version: number) => [meaning('open', 1, version), meaning('closed', 1, version)]
  await noteDefinitions(db, both(2))
  await noteDefinitions(db, both(3))
  await noteDefinitions(db, both(2))

  const changes = await definitionChanges(db)
  expect(changes.map(({ measure, contributions, seq }) => [seq, measure, contributions])).toEqual([
    [1, 'closed', 3],
    [1, 'open', 3],
    [2, 'closed', 2],
    [2, 'open', 2],
  ])
})

test('processes that start at once note a change once', async () => {
  await using database = await freshDatabase()
  const { db } = database
  await noteDefinitions(db, [meaning('open')])

  await Promise.all(Array.from({ length: 6 }, () => noteDefinitions(db, [meaning('open', 2)])))

  expect(await definitionChanges(db)).toHaveLength(1)
  expect((await journalHead(db)).seq).toBe(1)
})

test('a running server takes a break up, tells pages of it, and labels what was shown before', async () => {
  await using app = await runningApp()
  const get = async <T>(path: string) => (await (await app.get(`/api/v1${path}`)).json()) as T
  const spec = '/view?measures=open,received&window=1h'
  const before = await get<{ at: [number, number]; breaks?: Break[] }>(spec)
  expect(before.breaks).toBeUndefined()

  await noteDefinitions(app.db, [meaning('open', 7)])

  await expect
    .poll(async () => (await get<{ breaks: Break[] }>('/deployment')).breaks)
    .toHaveLength(1)
  const { breaks } = await get<{ breaks: Break[] }>('/deployment')
  expect(breaks).toMatchObject([{ measure: 'open', version: 7, seq: 1 }])
  expect(Date.now() - Date.parse(breaks[0]!.at)).toBeLessThan(10_000)
  expect(await get(spec)).toMatchObject({ breaks, basis: 'now' })
  const past = `${spec}&at=${before.at.join()}`
  expect(await get(past)).toMatchObject({ basis: 'recounted' })
  expect(await get(past.replace('open,', ''))).toMatchObject({ basis: 'past' })
  expect((await get<object>(spec.replace('open,', ''))) as { breaks?: Break[] }).not.toHaveProperty(
    'breaks',
  )
})
