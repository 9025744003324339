import { appointmentsOf } from '../appointments/queries.ts'
import type { Db } from '../db/connect.ts'
import type { Directory } from '../dimensions/directory.ts'
import { HttpError } from '../http/errors.ts'

/** For whom somebody answers: members under every id; null: every agency. */
export interface Desk {
  agencies: number[] | null
  isSecretariat: boolean
}

/** By all appointments of a person that are current. Throws a 403 where none is to answer. */
export async function deskOf(db: Db, person: string, directory: Directory): Promise<Desk> {
  const desk = await findDesk(db, person, directory)
  if (desk) return desk
  throw new HttpError(403, 'The queue is for officials and the secretariat.')
}

/** By all appointments of a person that are current; undefined where none is to answer. */
export async function findDesk(
  db: Db,
  person: string,
  directory: Directory,
): Promise<Desk | undefined> {
  const held = (await appointmentsOf(db, person)).filter(({ standing }) => standing === 'current')
  const jurisdictions = held
    .filter(({ state }) => state.role === 'official')
    .map(({ state }) => state.jurisdiction.agencies)
  const isSecretariat = held.some(({ state }) => state.role === 'secretariat')
  if (jurisdictions.length === 0 && !isSecretariat) return undefined
  if (jurisdictions.includes(null)) return { agencies: null, isSecretariat }
  const roots = new Set(jurisdictions.flatMap((ids) => ids!.map(directory.rootOf)))
  return { agencies: [...roots].flatMap((root) => directory.idsOf(root)), isSecretariat }
}

/** What this owner must answer is theirs to answer, to hand on or to settle; null is the secretariat. */
export function holds({ agencies, isSecretariat }: Desk, owner: number | null): boolean {
  if (isSecretariat) return true
  return owner !== null && (agencies === null || agencies.includes(owner))
}
