import { isInside, type Point, type Rings } from './inside.ts'

/** The height of a line of words, in pixels. */
export const LINE = 15
const GAP = 6
/** From the middle of a line to where its letters end. */
const LETTER = 4.5

/** Where an area is, and where in it words find most room; in pixels of the map. */
export interface Place {
  inside: Point
  shape: readonly Rings[]
  /** Around the part of it that the point lies in. */
  box: Box
}

export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

/** How wide an area's name and its value are written. */
export interface Widths {
  name: number
  value: number
}

export interface MapLabel {
  /** Its middle. */
  at: Point
  isInside: boolean
  hasName: boolean
}

/**
 * Where an area's name and value are written: within its borders, or beside it where nothing else is, or the
 * value alone; undefined where neither has room. What would cross a border would name the neighbour.
 */
export function placeLabel(
  place: Place,
  widths: Widths,
  isFree: (box: Box) => boolean,
): MapLabel | undefined {
  const { inside, shape } = place
  const within = { at: inside, isInside: true }
  const fits = isWithin(shape, inside, widths)
  if (fits && !isTiny(place)) return { ...within, hasName: true }
  const width = Math.max(widths.name, widths.value)
  const aside = besideOf(place, width).find((at) => isFree(boxAround(at, width)))
  if (aside) return { at: aside, isInside: false, hasName: true }
  if (fits) return { ...within, hasName: true }
  return isWithin(shape, inside, { value: widths.value })
    ? { ...within, hasName: false }
    : undefined
}

/** What a label covers, and a little around it. */
export const boxAround = ([x, y]: Point, width: number): Box => ({
  left: x - (width + GAP) / 2,
  right: x + (width + GAP) / 2,
  top: y - LINE,
  bottom: y + LINE,
})

export const isApart = (one: Box, other: Box): boolean =>
  one.right <= other.left ||
  other.right <= one.left ||
  one.bottom <= other.top ||
  other.bottom <= one.top

/** Whether a box covers nothing of a shape that is not far thinner than a word. */
export const isClear = (shape: readonly Rings[], { left, right, top, bottom }: Box): boolean =>
  [0, 0.25, 0.5, 0.75, 1].every((part) =>
    [top, (top + bottom) / 2, bottom].every(
      (y) => !shape.some((rings) => isInside(rings, [left + part * (right - left), y])),
    ),
  )

/** Whether all letters of one line or of two around a point lie within the shape. */
function isWithin(shape: readonly Rings[], [x, y]: Point, widths: Partial<Widths>): boolean {
  const lines = Object.values(widths)
  return lines.every((width, index) => {
    const middle = y + (index - (lines.length - 1) / 2) * LINE
    return [-0.5, -0.25, 0, 0.25, 0.5].every((side) =>
      [-LETTER, LETTER].every((up) =>
        shape.some((rings) => isInside(rings, [x + side * width, middle + up])),
      ),
    )
  })
}

/** Hardly larger than two lines: what is written on it hides it. */
const isTiny = ({ box }: Place): boolean =>
  Math.max(box.right - box.left, box.bottom - box.top) < 4 * LINE

function besideOf({ box }: Place, width: number): Point[] {
  const [middle, level] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2]
  const aside = width / 2 + GAP
  return [
    [middle, box.bottom + LINE + GAP],
    [box.left - aside, level],
    [box.right + aside, level],
    [middle, box.top - LINE - GAP],
    [box.left - aside, box.bottom],
    [box.left - aside, box.top],
    [box.right + aside, box.bottom],
  ]
}
