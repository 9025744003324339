import type { Place } from '#shared/oversight/act.ts'
import type { Directory } from './directory.ts'

/** Where acts lie that are done to a fact, such as a ticket, a consultation or a poll. */
export function placeOf(
  { agency, area, category }: Readonly<Record<keyof Place, number>>,
  directory: Directory,
): Place {
  const rootOf = (id: number) => (id === 0 ? null : directory.rootOf(id))
  return { agency: rootOf(agency), area: rootOf(area), category: rootOf(category) }
}
