import type { Db } from '../db/connect.ts'
import type { Intake } from '../intake/intake.ts'
import { allSources } from '../sources/queries.ts'
import { addSource } from '../sources/sources.ts'
import { portal } from './sources.ts'

/** Where all is told that people say to what the city asks. */
export interface Portal {
  db: Db
  intake: Intake
  sourceId: number
}

export async function openPortal(db: Db, intake: Intake): Promise<Portal> {
  const known = (await allSources(db)).find(({ name }) => name === portal.name)
  return { db, intake, sourceId: known ? known.id : (await addSource(db, portal)).id }
}
