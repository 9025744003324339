import { dimensions } from '#shared/ticket.ts'
import type { Db } from '../db/connect.ts'
import { hasBoundary } from '../dimensions/boundaries.ts'
import { drawBoundaries } from '../dimensions/draw-boundaries.ts'
import { spellingOf } from '../dimensions/spelling.ts'
import { currentPolicy, insertPolicy } from '../policies/queries.ts'
import { setPolicy } from '../policies/set.ts'
import { allSources, disableSource, type Source } from '../sources/queries.ts'
import { addSource } from '../sources/sources.ts'
import { boundaries } from './boundaries.ts'
import { members, policy } from './city.ts'
import { hasTicket, insertMembers, lockPolicies } from './queries.ts'
import { type DemoSource, formerSources, portal, sources } from './sources.ts'

/** The city's sources as they are stored. */
export type StoredSources = ReadonlyMap<DemoSource, Source>

/**
 * Founds the demonstration city in an empty database, and finds it in its own; one that an earlier
 * version founded grows into this one. Undefined when the database holds anything else: invented numbers never mix
 * with real ones.
 */
export async function foundCity(db: Db): Promise<StoredSources | undefined> {
  const found = await db.transaction().execute(async (trx) => {
    await lockPolicies(trx)
    if (await isEmpty(trx)) await settle(trx)
    return allSources(trx)
  })
  if (found.length === 0 || found.some(isStrange)) return undefined
  if (!isWhole(found)) return (await isDemonstration(db)) ? grow(db) : undefined
  await drawMap(db)
  return stored(found)
}

/** Once: boundaries that somebody has given it since stay. */
async function drawMap(db: Db): Promise<void> {
  if ((await hasBoundary(db)) || !(await isDemonstration(db))) return
  await drawBoundaries(
    db,
    Object.entries(boundaries).map(([code, outlines]) => ({
      code,
      polygons: outlines.map((outline) => [outline]),
    })),
  )
}

async function isEmpty(db: Db): Promise<boolean> {
  const { version } = await currentPolicy(db)
  return version === 0 && (await allSources(db)).length === 0 && !(await hasTicket(db))
}

async function settle(db: Db): Promise<void> {
  await insertPolicy(db, policy)
  await nameMembers(db)
  for (const { name, channel } of sources) await addSource(db, { name, kind: channel.code })
}

async function nameMembers(db: Db): Promise<void> {
  const named = dimensions.flatMap((dimension) =>
    members[dimension].map(({ code, names }) => ({ dimension, code, names })),
  )
  await insertMembers(
    db,
    named.map((member) => ({ ...member, spelling: spellingOf(member.code) })),
  )
}

const isStrange = ({ name }: Source): boolean =>
  name !== portal.name &&
  !formerSources.includes(name) &&
  !sources.some((source) => source.name === name)

const isWhole = (found: readonly Source[]): boolean =>
  sources.every(({ name }) => found.some((source) => source.name === name))

async function isDemonstration(db: Db): Promise<boolean> {
  const { policy } = await currentPolicy(db)
  return policy.place.demonstration
}

async function grow(db: Db): Promise<StoredSources> {
  await setPolicy(db, policy)
  const grown = await db.transaction().execute(async (trx) => {
    await lockPolicies(trx)
    const before = await allSources(trx)
    await nameMembers(trx)
    for (const { name, channel } of sources) {
      if (before.some((source) => source.name === name)) continue
      await addSource(trx, { name, kind: channel.code })
    }
    for (const name of formerSources) await disableSource(trx, name)
    return stored(await allSources(trx))
  })
  await drawMap(db)
  return grown
}

function stored(found: readonly Source[]): StoredSources {
  const byName = new Map(found.map((source) => [source.name, source]))
  return new Map(sources.map((source) => [source, byName.get(source.name)!]))
}
