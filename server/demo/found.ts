import { dimensions } from '#shared/ticket.ts'
import type { Db } from '../db/connect.ts'
import { spellingOf } from '../dimensions/spelling.ts'
import { currentPolicy, insertPolicy } from '../policies/queries.ts'
import { allSources, type Source } from '../sources/queries.ts'
import { addSource } from '../sources/sources.ts'
import { members, policy } from './city.ts'
import { hasTicket, insertMembers, lockPolicies } from './queries.ts'
import { type DemoSource, sources } from './sources.ts'

/** The city's sources as they are stored. */
export type StoredSources = ReadonlyMap<DemoSource, Source>

/**
 * Founds the demonstration city in an empty database, and finds it in its own. Undefined when the
 * database holds anything else: invented numbers never mix with real ones.
 */
export function foundCity(db: Db): Promise<StoredSources | undefined> {
  return db.transaction().execute(async (trx) => {
    await lockPolicies(trx)
    if (await isEmpty(trx)) await settle(trx)
    return storedSources(await allSources(trx))
  })
}

async function isEmpty(db: Db): Promise<boolean> {
  const { version } = await currentPolicy(db)
  return version === 0 && (await allSources(db)).length === 0 && !(await hasTicket(db))
}

async function settle(db: Db): Promise<void> {
  await insertPolicy(db, policy)
  const named = dimensions.flatMap((dimension) =>
    members[dimension].map(({ code, names }) => ({ dimension, code, names })),
  )
  await insertMembers(
    db,
    named.map((member) => ({ ...member, spelling: spellingOf(member.code) })),
  )
  for (const { name, channel } of sources) await addSource(db, { name, kind: channel.code })
}

function storedSources(stored: readonly Source[]): StoredSources | undefined {
  const byName = new Map(stored.map((source) => [source.name, source]))
  const found = sources.flatMap((source): [DemoSource, Source][] => {
    const known = byName.get(source.name)
    return known ? [[source, known]] : []
  })
  return found.length === sources.length && found.length === stored.length
    ? new Map(found)
    : undefined
}
