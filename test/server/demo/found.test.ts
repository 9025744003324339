import { describe, expect, test } from 'vitest'
import { dimensions } from '#shared/ticket.ts'
import { DAY } from '#shared/time.ts'
import type { Db } from '../../../server/db/connect.ts'
import { allBoundaries } from '../../../server/dimensions/boundaries.ts'
import { members, policy } from '../../../server/demo/city.ts'
import { foundCity } from '../../../server/demo/found.ts'
import { unsaid } from '../../../server/demo/telling.ts'
import { withdrawOlder } from '../../../server/demo/withdraw-older.ts'
import { openIntake } from '../../../server/intake/intake.ts'
import { currentPolicy } from '../../../server/policies/queries.ts'
import { setPolicy } from '../../../server/policies/set.ts'
import { allSources, noteHeard } from '../../../server/sources/queries.ts'
import { addSource } from '../../../server/sources/sources.ts'
import { freshDatabase } from '../../support/database.ts'

const former = ['Hotline 1810', 'Halcyon app', 'Web forms', 'Field crews', 'Service counters']
const newestAt = Date.now() - DAY

describe('the demonstration city', () => {
  test('is founded once: policy, members with their names, and a source for each channel', async () => {
    await using database = await freshDatabase()
    const { db } = database
    const found = await foundCity(db)
    expect([...found!.values()].map(({ kind }) => kind)).toEqual(
      members.channel.map(({ code }) => code),
    )
    expect((await currentPolicy(db)).policy).toEqual(policy)
    expect(await namesOf(db)).toEqual(
      new Map(
        dimensions.flatMap((key) => members[key].map((one) => [`${key} ${one.code}`, one.names])),
      ),
    )
    expect(await foundCity(db)).toEqual(found)
    expect((await currentPolicy(db)).version).toBe(1)
  })

  test('draws its map when it is founded, and when an earlier version left none, but once', async () => {
    await using database = await freshDatabase()
    const { db } = database
    await foundCity(db)
    const drawn = await allBoundaries(db)
    expect(drawn).toHaveLength(members.area.length)
    await db.deleteFrom('boundary').execute()
    await foundCity(db)
    expect(await allBoundaries(db)).toEqual(drawn)
    await db.deleteFrom('boundary').where('memberId', '<>', drawn[0]!.memberId).execute()
    await foundCity(db)
    expect(await allBoundaries(db)).toEqual([drawn[0]])
  })

  test('that an earlier version founded grows, tells all its history, and keeps its names', async () => {
    await using database = await earlierCity()
    const { db } = database
    const found = (await foundCity(db))!
    expect(found.size).toBe(6)
    expect([...found.values()].some((source) => source.newestAt === null)).toBe(true)
    const crews = (await allSources(db)).find(({ name }) => name === 'Field crews')
    expect(crews!.disabledAt).not.toBeNull()
    const names = await namesOf(db)
    expect(names.get('area old-quay')).toEqual({ en: 'The Old Quay' })
    expect(names.get('agency power')).toEqual({ en: 'Power and Gas', zh: '电力燃气处' })
    expect((await currentPolicy(db)).policy).toEqual(policy)
    expect(await allBoundaries(db)).toHaveLength(members.area.length)
    expect(await foundCity(db)).toEqual(found)
  })

  test('withdraws what an earlier version told, and nothing else', async () => {
    await using database = await earlierCity()
    const { db } = database
    await foundCity(db)
    const intake = await openIntake({ db })
    await withdrawOlder(db, intake)
    await intake.close()
    const tickets = await db.selectFrom('ticket').select(['id', 'version', 'status']).execute()
    expect(new Set(tickets)).toEqual(
      new Set([
        { id: '26112206-001', version: 4, status: 'withdrawn' },
        { id: '26112206-002', version: 4, status: 'withdrawn' },
        { id: '26112206-0001', version: 3, status: 'open' },
      ]),
    )
  })

  test('does not grow where its place is a real one', async () => {
    await using database = await earlierCity()
    const real = { ...policy, place: { names: { en: 'A real town' }, demonstration: false } }
    await setPolicy(database.db, real)
    expect(await foundCity(database.db)).toBeUndefined()
  })

  test('is not founded where somebody has set a policy', async () => {
    await using database = await freshDatabase()
    await setPolicy(database.db, policy)
    expect(await foundCity(database.db)).toBeUndefined()
  })
})

/** As version 0.1 left it: fewer sources, members and targets, and ids with three digits. */
async function earlierCity() {
  const database = await freshDatabase()
  const { db } = database
  await setPolicy(db, { ...policy, respondWithin: { default: 24, byCategory: {} } })
  const spelling = { code: 'old-quay', spelling: 'old-quay' }
  await db
    .insertInto('member')
    .values({ dimension: 'area', ...spelling, names: { en: 'The Old Quay' } })
    .execute()
  const ids: number[] = []
  for (const name of former) ids.push((await addSource(db, { name, kind: 'phone' })).id)
  const told = { ...unsaid, receivedAt: newestAt, version: 3, area: 'old-quay' }
  const intake = await openIntake({ db })
  await intake.submit(ids[0]!, [
    { ...told, id: '26112206-001' },
    { ...told, id: '26112206-002', status: 'closed', closedAt: newestAt },
    { ...told, id: '26112206-0001' },
  ])
  await noteHeard(
    db,
    ids.map((sourceId) => ({ sourceId, newestAt })),
  )
  await intake.close()
  return database
}

async function namesOf(db: Db): Promise<Map<string, Record<string, string>>> {
  const rows = await db.selectFrom('member').select(['dimension', 'code', 'names']).execute()
  return new Map(rows.map(({ dimension, code, names }) => [`${dimension} ${code}`, names]))
}
