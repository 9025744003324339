import { parts } from '#shared/measures/all.ts'
import { ageAt, type Ages } from '#shared/measures/ages.ts'
import type { Histogram } from '#shared/measures/duration-bins.ts'
import type { Sums } from '#shared/measures/measure.ts'
import type { Part } from '#shared/measures/part.ts'

const places: number[] = []
for (const [place, { code }] of parts.entries()) places[code] = place

/** Where a part stands in `parts`. */
export const placeOf = (part: Part): number => places[part.code]!

/** Plain sums of every part, and of each bin of those that have bins. */
export interface Counted {
  /** In the order of `parts`. */
  n: number[]
  bins: Map<Part, Map<number, number>>
}

export const nothing = (): Counted => ({ n: parts.map(() => 0), bins: new Map() })

export function count(into: Counted, part: Part, n: number, bin: number): void {
  into.n[placeOf(part)]! += n
  if (part.hasBins) countBin(into, part, bin, n)
}

function countBin({ bins }: Counted, part: Part, bin: number, n: number): void {
  const histogram = bins.get(part) ?? new Map<number, number>()
  bins.set(part, histogram.set(bin, (histogram.get(bin) ?? 0) + n))
}

export function addUp(into: Counted, other: Counted): void {
  other.n.forEach((n, place) => (into.n[place]! += n))
  for (const [part, histogram] of other.bins) {
    for (const [bin, n] of histogram) countBin(into, part, bin, n)
  }
}

/** How many tickets were received in each minute. */
export type Minutes = Map<number, number>

/** Minutes in which the open tickets of a row were received, by part; and the minute that is now. */
export interface Received {
  minute: number
  minutes: ReadonlyMap<Part, Minutes> | undefined
}

/** The sums as measures read them; without `received` of a past moment. */
export function sumsOf({ n, bins }: Counted, received?: Received): Sums {
  return {
    ages: (part) => (received ? agesOf(received, part) : null),
    sum: (part) => n[placeOf(part)]!,
    histogram: (part): Histogram =>
      [...(bins.get(part) ?? [])].filter(([, n]) => n !== 0).sort(([a], [b]) => a - b),
  }
}

function agesOf({ minute, minutes }: Received, part: Part): Ages {
  const ages = [...(minutes?.get(part) ?? [])]
    .flatMap(([received, n]) => new Array<number>(n).fill(ageAt(minute, received)))
    .filter((age) => age >= 0)
    .sort((a, b) => a - b)
  return { count: ages.length, at: (rank) => ages[rank]! }
}
