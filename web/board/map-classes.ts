/** Five classes between even steps: the first and the last are open to their end. */
export interface MapClasses {
  /** Bounds between the classes, in the order of their strength. */
  bounds: readonly [number, number, number, number]
  /** Rates: what is lower is stronger. */
  isLowStronger: boolean
}

export type Class = 1 | 2 | 3 | 4 | 5

const nice = [1, 2, 5]

/**
 * The narrowest steps (1, 2, 5, 10 or 20 points) by which five classes hold all rates, the lowest up to twice
 * as wide as the others.
 */
export function rateClasses(rates: readonly number[]): MapClasses {
  const [low, high] = [Math.min(100, ...rates), Math.max(0, ...rates)]
  for (const step of [...nice, 10, 20]) {
    const top = Math.max(4 * step, Math.ceil(high / step) * step - step)
    if (low >= top - 5 * step) return { bounds: boundsFrom(top, -step), isLowStronger: true }
  }
  return { bounds: boundsFrom(80, -20), isLowStronger: true }
}

/** Counts begin at zero. */
export function countClasses(counts: readonly number[]): MapClasses {
  const most = Math.max(0, ...counts)
  for (let ten = 1; ; ten *= 10) {
    const step = nice.map((one) => one * ten).find((one) => most <= 5 * one)
    if (step) return { bounds: boundsFrom(step, step), isLowStronger: false }
  }
}

export function classOf(value: number, { bounds, isLowStronger }: MapClasses): Class {
  const passed = bounds.filter((bound) => (isLowStronger ? value < bound : value >= bound))
  return (passed.length + 1) as Class
}

function boundsFrom(first: number, step: number): [number, number, number, number] {
  return [first, first + step, first + 2 * step, first + 3 * step]
}
