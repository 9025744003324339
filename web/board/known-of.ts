import type { ViewState } from '#shared/view.ts'
import type { Known } from './alerts.ts'
import type { Filter } from './selection.ts'

/**
 * What of it is about one member. Of its own dimension the views have all members, and it alone is kept; those of the
 * others are narrowed to it. Sources tell of all.
 */
export function knownOf({ dimension, code }: Filter, known: Known): Known {
  const itself = (view: ViewState) => ({
    ...view,
    rows: view.rows.filter(([key]) => key === code),
  })
  const ofIt = <One extends Known['polls'][number]>(all: readonly One[]) =>
    all.filter((one) => one[dimension] === code)
  const { agencies, categories } = known
  return {
    ...known,
    sources: [],
    agencies: agencies && dimension === 'agency' ? itself(agencies) : agencies,
    categories:
      categories && dimension === 'category'
        ? { now: itself(categories.now), before: itself(categories.before) }
        : categories,
    consultations: ofIt(known.consultations),
    polls: ofIt(known.polls),
  }
}
