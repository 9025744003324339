import type { ToldOpinions } from '#shared/polls/told.ts'
import type { ScatterGroup } from '../charts/scatter-config.ts'

/** Of each group, the largest first: never colour alone. */
const marks = [
  { color: '--series-1', shape: 'circle' },
  { color: '--series-2', shape: 'rect' },
  { color: '--series-3', shape: 'triangle' },
  { color: '--series-4', shape: 'rectRot' },
  { color: '--series-6', shape: 'star' },
] as const

/** A, B, C … */
export const letterOf = (group: number): string => String.fromCharCode(65 + group)
export const colorOf = (group: number): string => marks[group % marks.length]!.color

export function scatterGroups({ groups, points }: ToldOpinions): ScatterGroup[] {
  return groups.map(({ centre }, group) => ({
    ...marks[group % marks.length]!,
    name: letterOf(group),
    centre,
    points: points.flatMap(([of, x, y, n]) => (of === group ? [{ x, y, n }] : [])),
  }))
}
