import type { Cell } from '#shared/view.ts'
import { placeOn, type TimeScale } from './time-scale.ts'

/** How long closing took, against what was promised; in seconds, null where it is not known. */
export interface Closing {
  p50: Cell
  p90: Cell
  target: Cell
}

type Stretch = readonly [from: number, to: number]

/** Where the marks of a line lie on a scale, from 0 to 100. */
export interface Reach {
  half: number | undefined
  most: number | undefined
  goal: number | undefined
  within: Stretch | undefined
  /** What lies past the target. */
  beyond: Stretch | undefined
}

export const isPast = (seconds: Cell, target: Cell): boolean =>
  seconds !== null && target !== null && seconds > target

export function reachOf({ p50, p90, target }: Closing, scale: TimeScale): Reach {
  const place = (seconds: Cell) => (seconds === null ? undefined : placeOn(scale, seconds))
  const [half, most, goal] = [place(p50), place(p90), place(target)]
  const ends = { half, most, goal, within: undefined, beyond: undefined }
  if (half === undefined || most === undefined) return ends
  if (goal === undefined || goal >= most) return { ...ends, within: [half, most] }
  if (goal <= half) return { ...ends, beyond: [half, most] }
  return { ...ends, within: [half, goal], beyond: [goal, most] }
}
