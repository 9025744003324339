import type { Cell } from '#shared/view.ts'

export const SPARK = { width: 100, height: 32 }
const EDGE = 3

export interface SparkPaths {
  line: string
  /** The previous period, in the same scale. */
  ghost: string
  /** The last, dotted piece that leads into a step still running. */
  running: string
  end: { x: number; y: number } | undefined
}

/** A short stroke at the foot of each of these steps. */
export const markPath = (marks: readonly number[], steps: number): string =>
  marks.map((index) => `M${across(index, steps).toFixed(1)} ${SPARK.height}v-3`).join('')

const across = (index: number, steps: number): number =>
  EDGE + (index * (SPARK.width - 2 * EDGE)) / Math.max(1, steps - 1)

/** A line that breaks where data is missing: never bridged. `isZeroBased` for counts; a rate or a stock may cut. */
export function sparkPaths(
  values: readonly Cell[],
  options: { isZeroBased: boolean; isRunning: boolean; ghost?: readonly Cell[] },
): SparkPaths {
  const { ghost = [] } = options
  const known = [...values, ...ghost].filter((value) => value !== null)
  if (known.length === 0) return { line: '', ghost: '', running: '', end: undefined }
  const low = options.isZeroBased ? 0 : Math.min(...known)
  const high = Math.max(...known)
  const place = (index: number, value: number) => ({
    x: across(index, values.length),
    y: SPARK.height - EDGE - share(value, low, high) * (SPARK.height - 2 * EDGE),
  })
  const last = values.length - 1
  const whole = options.isRunning ? values.slice(0, -1) : values
  const end = values[last] ?? null
  const beforeEnd = values[last - 1] ?? null
  const hasTail = options.isRunning && end !== null && beforeEnd !== null
  return {
    line: pieces(whole, place),
    ghost: pieces(ghost.slice(0, values.length), place),
    running: hasTail ? pieces([beforeEnd, end], (i, value) => place(last - 1 + i, value)) : '',
    end: end === null ? undefined : place(last, end),
  }
}

function pieces(
  values: readonly Cell[],
  place: (index: number, value: number) => { x: number; y: number },
): string {
  let path = ''
  let isDrawing = false
  values.forEach((value, index) => {
    if (value !== null) {
      const { x, y } = place(index, value)
      path += `${isDrawing ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`
    }
    isDrawing = value !== null
  })
  return path
}

function share(value: number, low: number, high: number): number {
  return high === low ? (high === 0 ? 0 : 0.5) : (value - low) / (high - low)
}
