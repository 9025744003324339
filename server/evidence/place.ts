import type { About, Evidence } from '#shared/oversight/evidence.ts'
import type { Terms } from '../live/terms.ts'
import { aboutOf, namesOf } from './members.ts'

const owning = ['agency', 'area', 'category'] as const

/** Where a consultation or a poll lies: whose flags on it are, and in whose jurisdiction. */
export function lyingAt(
  row: Readonly<Record<(typeof owning)[number], number>>,
  terms: Terms,
): { members: Evidence['members']; about: About } {
  const { rootOf, codeOf } = terms.directory
  const pointed = owning.map((dimension) => [dimension, codeOf(rootOf(row[dimension]))] as const)
  return { members: namesOf(pointed, terms), about: aboutOf(pointed, terms) }
}
