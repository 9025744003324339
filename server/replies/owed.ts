import type { Db } from '../db/connect.ts'
import type { Directory } from '../dimensions/directory.ts'
import type { PolicyVersion } from '../policies/queries.ts'
import { standingIn } from './answered.ts'
import { type Covered, countOpenGroups, type OpenGroup, openGroups } from './answered-queries.ts'
import { answerBy } from './deadline.ts'
import type { Cursor } from './owed-cursor.ts'
import type { OwedConsultation } from './owed-queries.ts'

interface Owing extends OwedConsultation {
  dueAt: number
  /** Provisions that nobody has answered, by member; 0: the whole draft. */
  open: readonly number[]
  covered: Covered
  groups: number
}

export interface Owed {
  of: Owing
  provision: number
  group: OpenGroup | undefined
}

/** What nobody has answered in these consultations, those first that are due first. */
export async function owingIn(
  db: Db,
  consultations: readonly OwedConsultation[],
  { directory, policy }: { directory: Directory; policy: PolicyVersion },
): Promise<Owing[]> {
  const standings = await standingIn(db, consultations, directory)
  const covered = [...standings.values()].map((one) => one.covered)
  const groups = await countOpenGroups(db, covered)
  return consultations
    .map((one) => ({
      ...one,
      ...standings.get(one.id)!,
      dueAt: answerBy(one.closesAt, policy),
      groups: groups.get(one.id) ?? 0,
    }))
    .filter(({ open, groups }) => open.length > 0 || groups > 0)
    .sort((one, other) => one.dueAt - other.dueAt || one.id - other.id)
}

/** A page of it: of each consultation provisions in the order of the draft, then groups, the largest first. */
export async function owedPage(
  db: Db,
  owing: readonly Owing[],
  { after, limit }: { after: Cursor | undefined; limit: number },
): Promise<Owed[]> {
  const left = after ? owing.filter((one) => !isBehind(one, after)) : owing
  const found = await openGroups(
    db,
    left.map(({ covered }) => covered),
    { after: placeIn(left[0], after), limit },
  )
  const byConsultation = Map.groupBy(found, ({ consultation }) => consultation)
  return left
    .flatMap((of): Owed[] => [
      ...of.open
        .filter((provision) => isAfter(of, provision, after))
        .map((provision) => ({ of, provision, group: undefined })),
      ...(byConsultation.get(of.id) ?? []).map((group) => ({
        ...{ of, group },
        provision: group.provision,
      })),
    ])
    .slice(0, limit)
}

/** Where the page after this one begins. */
export function cursorOf({ of, provision, group }: Owed): Cursor {
  if (!group) return [of.dueAt, of.id, 0, 0, provision]
  return [of.dueAt, of.id, 1, group.comments, group.id]
}

/** All of a consultation comes before the cursor. */
const isBehind = ({ dueAt, id }: Owing, [due, consultation]: Cursor): boolean =>
  dueAt < due || (dueAt === due && id < consultation)

const isIn = ({ dueAt, id }: Owing, [due, consultation]: Cursor): boolean =>
  dueAt === due && id === consultation

function isAfter(of: Owing, provision: number, after: Cursor | undefined): boolean {
  if (!after || !isIn(of, after)) return true
  const [, , kind, , id] = after
  return kind === 0 && provision > id
}

/** The group after which the first consultation goes on; undefined: all of its groups follow. */
function placeIn(first: Owing | undefined, after: Cursor | undefined) {
  if (!first || !after || !isIn(first, after)) return undefined
  const [, , kind, comments, id] = after
  return kind === 1 ? { comments, id } : undefined
}
