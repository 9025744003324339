import type { MeasureId } from '#shared/measures/all.ts'
import type { PresetWindow } from '#shared/view.ts'
import type { Look } from './claim.ts'
import type { Step } from './tell-flags.ts'

type Where = readonly [agency: string, category: string, area?: string]

/** A number by category of one agency, in one area or in the whole city. */
export function on(
  measure: MeasureId,
  [agency, category, area]: Where,
  window: PresetWindow = '7d',
): Look {
  const filters = { agency: [agency], ...(area !== undefined && { area: [area] }) }
  return { measure, by: 'category', row: category, filters, window }
}

export const acknowledgedBy = (as: string): Step => [as, 'acknowledgement']

export function answeredBy(
  as: string,
  text: string,
  done: string | null = null,
  language = 'en',
): Step {
  return [as, 'answer', { text, done, language }]
}
