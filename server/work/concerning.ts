import { type Appointed, type Concern, concernOf } from '#shared/oversight/concern.ts'
import type { DurableRecord } from '#shared/records.ts'
import { appointmentsOf } from '../appointments/queries.ts'
import type { Db } from '../db/connect.ts'
import type { Directory } from '../dimensions/directory.ts'
import type { Terms } from '../live/terms.ts'
import { actsBetween } from '../records/queries.ts'
import { recordsOf } from '../records/told.ts'

interface Parts {
  db: Db
  terms: () => Terms
}

interface Concerning {
  record: DurableRecord
  why: Concern
}

/** Acts read at once. */
const PAGE = 1000

/**
 * Records in between that are news to a person, also where no record tells whose something is to answer; and how far
 * was looked: to `upTo`, or as far as a page goes.
 */
export async function concerning(
  { db, terms }: Parts,
  personId: string,
  { after, upTo }: { after: number; upTo: number },
): Promise<{ found: Concerning[]; upTo: number }> {
  const { directory } = terms()
  const me = await appointedAs(db, personId, directory)
  const acts = await actsBetween(db, { after, upTo, limit: PAGE })
  const records = recordsOf(acts, after, { directory, opened: ['agency'] })
  const found = records.flatMap((record) => {
    const why = concernOf(record, me)
    return why ? [{ record, why }] : []
  })
  return { found, upTo: acts.length < PAGE ? upTo : acts.at(-1)!.seq }
}

async function appointedAs(db: Db, person: string, directory: Directory): Promise<Appointed> {
  const held = await appointmentsOf(db, person)
  const current = held.filter(({ standing }) => standing === 'current')
  const own = current.filter(({ state }) => state.role === 'official')
  const isEvery = own.some(({ state }) => state.jurisdiction.agencies === null)
  const ids = own.flatMap(({ state }) => state.jurisdiction.agencies ?? [])
  return {
    person,
    appointments: held.map(({ id }) => id),
    agencies: isEvery ? null : ids.map((id) => directory.codeOf(directory.rootOf(id))),
    isSecretariat: current.some(({ state }) => state.role === 'secretariat'),
  }
}
