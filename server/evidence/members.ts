import type { About, Evidence } from '#shared/oversight/evidence.ts'
import { type Dimension, dimensions } from '#shared/ticket.ts'
import { axes, type Axis, type Filters, NONE } from '#shared/view.ts'
import type { Directory } from '../dimensions/directory.ts'
import { HttpError } from '../http/errors.ts'
import type { Terms } from '../live/terms.ts'

type Pointed = readonly [dimension: Dimension, code: string]

/** What members that evidence names are called now, as far as they are opened. */
export function namesOf(
  pointed: readonly Pointed[],
  { directory, policy }: Pick<Terms, 'directory' | 'policy'>,
): Evidence['members'] {
  const { opened } = policy.policy
  return pointed
    .filter(([dimension, code]) => opened.includes(dimension) && code !== NONE)
    .map(([dimension, code]) => {
      const member = directory.membersOf(dimension).find((one) => one.code === code)
      return { dimension, code, names: { ...member?.names } }
    })
}

/** All that filters name. */
export const pointedBy = (filters: Filters = {}): Pointed[] =>
  dimensions.flatMap((dimension) =>
    (filters[dimension] ?? []).map((code) => [dimension, code] as const),
  )

const owning = ['agency', 'area', 'category'] as const

/** Where one member of a dimension is named, it is about that one; of several, about none. */
export function aboutOf(
  pointed: readonly Pointed[],
  { directory }: Pick<Terms, 'directory'>,
): About {
  const about: About = {}
  for (const dimension of owning) {
    const codes = new Set(pointed.filter(([one]) => one === dimension).map(([, code]) => code))
    const [code] = codes
    const id = codes.size === 1 ? directory.find(dimension, code!) : undefined
    if (id) about[dimension] = id
  }
  return about
}

/** Members by their own code, in order. Throws a 400 for one that there is not. */
export function plainFilters(filters: Filters, directory: Directory): Record<string, string[]> {
  const codeOf = (axis: Axis, text: string): string => {
    const id = directory.find(axis, text)
    if (id !== undefined) return directory.codeOf(id)
    throw new HttpError(400, `There is no ${axis} called ${text}.`, { path: axis })
  }
  return Object.fromEntries(
    axes
      .filter((axis) => filters[axis])
      .map((axis) => {
        const codes = filters[axis]!.map((text) => codeOf(axis, text))
        return [axis, [...new Set(codes)].sort()]
      }),
  )
}
