import type { Place } from '#shared/oversight/act.ts'
import type { Directory } from '../dimensions/directory.ts'
import type { ConsultationRow } from './consultation-queries.ts'

/** Where acts lie that are done to a consultation. */
export function placeOf({ agency, area, category }: ConsultationRow, directory: Directory): Place {
  const rootOf = (id: number) => (id === 0 ? null : directory.rootOf(id))
  return { agency: rootOf(agency), area: rootOf(area), category: rootOf(category) }
}
