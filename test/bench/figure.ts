/** One line of the result. */
export interface Figure {
  name: string
  unit: string
  measured: number | null
  /** Nothing is asked of a figure that only stands beside another. */
  wanted?: { least: number } | { most: number }
  /** What could not be exceeded in the same run. */
  limit?: { of: string; value: number | null }
}

export function isReached({ measured, wanted }: Figure): boolean | undefined {
  if (!wanted) return undefined
  if (measured === null) return false
  return 'least' in wanted ? measured >= wanted.least : measured <= wanted.most
}
