import type { Jurisdiction } from '#shared/oversight/appointment.ts'
import type { ViewSpec } from '#shared/view.ts'
import type { Directory } from '../dimensions/directory.ts'

const dimensionsOf = {
  agencies: 'agency',
  areas: 'area',
  categories: 'category',
} as const

/** True when all that a question counts lies in a jurisdiction; what states no member lies in no narrower one. */
export function isWithin(
  { filters = {} }: ViewSpec,
  jurisdiction: Jurisdiction,
  directory: Directory,
): boolean {
  return (['agencies', 'areas', 'categories'] as const).every((name) => {
    const held = jurisdiction[name]
    if (held === null) return true
    const roots = new Set(held.map(directory.rootOf))
    const dimension = dimensionsOf[name]
    const asked = filters[dimension]?.map((code) => directory.find(dimension, code))
    return asked?.every((id) => id !== undefined && roots.has(directory.rootOf(id))) ?? false
  })
}
