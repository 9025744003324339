import type { At, ViewSpec } from '#shared/view.ts'

/** A view's question as the query of `/api/v1/view`. */
export function viewQuery(
  { measures, by, over, window, filters, period }: ViewSpec,
  at?: At,
): string {
  const params = new URLSearchParams({ measures: measures.join(','), window })
  if (by) params.set('by', by)
  if (over) params.set('over', over)
  if (period) params.set('period', period)
  for (const [dimension, codes] of Object.entries(filters ?? {})) {
    // Commas part the values; in a code they spell the same as any other gap.
    params.set(dimension, codes.map((code) => code.replaceAll(',', ' ')).join(','))
  }
  if (at) params.set('at', at.join())
  return params.toString()
}
