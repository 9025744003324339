/**
 * Durations are counted in 512 logarithmic bins: bin 0 holds up to 1 s, each next bin is 1.04 times
 * as wide, the last one ends at 20 years and holds everything longer. Bins add up, so a percentile
 * of any union of tickets can be read from summed bins (as HDR histograms and DDSketch do).
 */
export const BINS = 512
const TWENTY_YEARS = 20 * 365.25 * 86_400
const STEP = Math.log(TWENTY_YEARS) / (BINS - 1)

/** The bin of a duration in milliseconds. */
export function binOf(duration: number): number {
  const seconds = duration / 1000
  if (seconds <= 1) return 0
  return Math.min(BINS - 1, Math.ceil(Math.log(seconds) / STEP))
}

/** The upper bound of a bin, in seconds. */
export const binEnd = (bin: number): number => Math.exp(bin * STEP)

/** [bin, count] pairs in ascending order of bin. */
export type Histogram = readonly (readonly [bin: number, count: number])[]

/**
 * The duration in seconds below which a share `q` of the counted durations lies, interpolated
 * geometrically inside its bin; null when nothing was counted. Off by at most one bin's width, 4 %.
 */
export function quantile(histogram: Histogram, q: number): number | null {
  const total = histogram.reduce((sum, [, count]) => sum + count, 0)
  if (total <= 0) return null
  let before = 0
  for (const [bin, count] of histogram) {
    if (before + count >= q * total) {
      const share = (q * total - before) / count
      return bin === 0 ? share : Math.exp((bin - 1 + share) * STEP)
    }
    before += count
  }
  return binEnd(BINS - 1)
}
