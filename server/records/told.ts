import type { DurableRecord } from '#shared/records.ts'
import type { Dimension } from '#shared/ticket.ts'
import type { Directory } from '../dimensions/directory.ts'
import type { Terms } from '../live/terms.ts'
import type { ToldAct } from './queries.ts'

/** What members are called, and of which dimensions is told where something lies. */
interface Telling {
  directory: Directory
  opened: readonly Dimension[]
}

/** Where an act lies is for everybody by dimensions that the city has opened (I8). */
export const inPublic = ({ directory, policy }: Terms): Telling => ({
  directory,
  opened: policy.policy.opened,
})

/** A suggestion says itself to which agency it goes, and a consultation whose it is. */
function recordOf(act: ToldAct, after: number, { directory, opened }: Telling): DurableRecord {
  const { seq, mark, kind, subject, version, at, appointment, name, role, openedBy } = act
  const by = appointment === null ? null : { appointment, name, role: role! }
  const { consultation } = act
  const codeOf = (id: number | null) => (id ? directory.codeOf(directory.rootOf(id)) : null)
  const isSaid =
    consultation !== null || subject.startsWith('suggestion:') || opened.includes('agency')
  const place = {
    ...(isSaid && { agency: codeOf(act.agency) }),
    area: opened.includes('area') ? codeOf(act.area) : null,
    category: opened.includes('category') ? codeOf(act.category) : null,
  }
  const told = { subject, version, at, by, openedBy, ...place }
  const body = consultation === null ? told : { ...told, consultation }
  return { seq, mark, after, kind, body }
}

/** Each leads from the one before it. */
export function recordsOf(
  acts: readonly ToldAct[],
  after: number,
  telling: Telling,
): DurableRecord[] {
  return acts.map((act, index) => recordOf(act, acts[index - 1]?.seq ?? after, telling))
}
