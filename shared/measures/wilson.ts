const Z = 1.959964

/** The Wilson 95 % score interval of a share of `n`, as two shares (Wilson 1927, JASA 22). */
export function wilson(hits: number, n: number): [low: number, high: number] {
  const share = hits / n
  const scale = 1 + Z ** 2 / n
  const middle = (share + Z ** 2 / (2 * n)) / scale
  const reach = (Z / scale) * Math.sqrt((share * (1 - share)) / n + Z ** 2 / (4 * n ** 2))
  return [Math.max(0, middle - reach), Math.min(1, middle + reach)]
}
