import type { DurableRecord } from '#shared/records.ts'
import type { Dimension } from '#shared/ticket.ts'
import type { Terms } from '../live/terms.ts'
import type { ToldAct } from './queries.ts'

/**
 * What everybody may know of an act. Whose it is to answer, its agency, is public; where it lies otherwise
 * only by dimensions that the city has opened (I8).
 */
function recordOf(act: ToldAct, after: number, terms: Terms): DurableRecord {
  const { seq, mark, kind, subject, version, at, appointment, name, role, openedBy } = act
  const by = appointment === null ? null : { appointment, name, role: role! }
  const { consultation } = act
  const { directory } = terms
  const codeOf = (id: number | null) => (id ? directory.codeOf(directory.rootOf(id)) : null)
  const opened = (dimension: Dimension, id: number | null) =>
    terms.policy.policy.opened.includes(dimension) ? codeOf(id) : null
  const place = {
    agency: codeOf(act.agency),
    area: opened('area', act.area),
    category: opened('category', act.category),
  }
  const told = { subject, version, at, by, openedBy, ...place }
  const body = consultation === null ? told : { ...told, consultation }
  return { seq, mark, after, kind, body }
}

/** Each leads from the one before it. */
export function recordsOf(acts: readonly ToldAct[], after: number, terms: Terms): DurableRecord[] {
  return acts.map((act, index) => recordOf(act, acts[index - 1]?.seq ?? after, terms))
}
