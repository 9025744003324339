import { BINS } from '#shared/measures/duration-bins.ts'

const CODES = 64

/** One number for a part, a minute and a bin, so that a batch nets its contributions in one map. */
export function cellKey(code: number, minute: number, bin: number): number {
  return (minute * CODES + code) * BINS + bin
}

export interface Cell {
  code: number
  minute: number
  bin: number
}

export function cellOf(key: number): Cell {
  const bin = modulo(key, BINS)
  const rest = (key - bin) / BINS
  const code = modulo(rest, CODES)
  return { bin, code, minute: (rest - code) / CODES }
}

/** Minutes before 1970 are negative. */
function modulo(value: number, by: number): number {
  const rest = value % by
  return rest < 0 ? rest + by : rest
}
