import type { Position } from '#shared/deployment.ts'

/*
 * The map of Port Halcyon, drawn on a sheet 100 wide and 80 high. The sheet is laid on open sea in the
 * North Pacific, a thousand kilometres from any land: the city is nowhere.
 */
const WEST = 165
const SOUTH = 35
const DEGREES = 0.002

type Point = readonly [x: number, y: number]

/** Where three borders meet, or two at the coast. */
const corners: Record<string, Point> = {
  A: [8, 60],
  B: [46, 77],
  C: [70, 74],
  D: [90, 66],
  E: [96, 45],
  F: [78, 34],
  G: [48, 27],
  H: [50, 18],
  I: [30, 8],
  J: [6, 40],
  K: [27, 56],
  L: [20, 40],
  M: [35, 25],
  N: [47, 59],
  O: [62, 57],
  P: [74, 51],
  Q: [66, 46],
  R: [49, 44],
}

/** Bends between two corners. Each border is drawn once: areas that share it share every point of it. */
const bends: Record<string, string> = {
  // Inland, around the north.
  JA: '9,50',
  AB: '16,64 25,63 35,71',
  BC: '57,79',
  CD: '80,72',
  DE: '91,56',
  // The coast: the bay, the point, and the marsh.
  EF: '93,38 86,42 84,34',
  FG: '73,38 66,31 60,34 53,27',
  GH: '45,22',
  HI: '57,18 64,14 73,13 70,5 60,4 49,7 39,3',
  IJ: '22,13 11,13 7,23 1,31',
  // Between areas.
  AK: '17,56',
  KL: '25,48',
  LJ: '13,43',
  LM: '26,30',
  KM: '34,47 36,34',
  MI: '31,17',
  MH: '42,23',
  KN: '36,60',
  NB: '44,68',
  NO: '54,60',
  OC: '66,65',
  OP: '67,55',
  PD: '84,58',
  PQ: '71,47',
  QF: '72,41',
  QR: '57,47',
  RG: '51,35',
  RN: '46,52',
}

/** The corners of each area of the mainland, counterclockwise. */
const mainland: Record<string, string> = {
  'lantern-hill': 'COPD',
  'old-quay': 'RGFQ',
  saltmarsh: 'LJIM',
  ropewalk: 'NRQPO',
  northgate: 'AKNB',
  'cedar-flats': 'AJLK',
  'kiln-lane': 'KLM',
  'gullwing-point': 'MIH',
  'terrace-row': 'BNOC',
  millrace: 'KMHGRN',
  'ferry-reach': 'PQFED',
}

const isles = ['82,23 86,19 92,21 92,26 87,28', '94,29 98,28 98,32 95,33', '79,12 84,8 88,11 84,15']

/** Of each area, by its code: the outlines of its polygons, closed. */
export const boundaries: Readonly<Record<string, readonly Position[][]>> = {
  ...Object.fromEntries(
    Object.entries(mainland).map(([code, around]) => [code, [outlineOf(around)]]),
  ),
  'outer-isles': isles.map(isleOf),
}

function outlineOf(around: string): Position[] {
  const points = [...around].flatMap((corner, at) => {
    const next = around[(at + 1) % around.length]!
    return border(corner, next).slice(0, -1)
  })
  return [...points, points[0]!].map(placed)
}

/** From the middle of a side, so that every corner is rounded. */
function isleOf(text: string): Position[] {
  const [first, ...others] = pointsIn(text) as [Point, Point]
  const start = between(first, others[0]!, 0.5)
  return rounded([start, ...others, first, start]).map(placed)
}

function border(from: string, to: string): Point[] {
  const known = bends[from + to]
  if (!known) return border(to, from).toReversed()
  return rounded([corners[from]!, ...pointsIn(known), corners[to]!])
}

/** A line with its bends cut off twice (Chaikin); its ends stay. */
function rounded(line: readonly Point[]): Point[] {
  return cutBends(cutBends(line))
}

function cutBends(line: readonly Point[]): Point[] {
  const cut = line.slice(1).flatMap((to, at) => {
    const from = line[at]!
    return [between(from, to, 0.25), between(from, to, 0.75)]
  })
  return [line[0]!, ...cut.slice(1, -1), line.at(-1)!]
}

function between([x, y]: Point, [toX, toY]: Point, share: number): Point {
  return [x + share * (toX - x), y + share * (toY - y)]
}

function pointsIn(text: string): Point[] {
  return text.split(' ').map((point) => point.split(',').map(Number) as [number, number])
}

function placed([x, y]: Point): Position {
  return [WEST + x * DEGREES, SOUTH + y * DEGREES].map((one) => Number(one.toFixed(5))) as Position
}
