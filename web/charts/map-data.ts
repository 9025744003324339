import type { Point, Rings } from './inside.ts'

/** The boundary of an area: polygons in WGS84, outlines counterclockwise as GeoJSON has them. */
export interface Boundary {
  properties: { code: string }
  geometry: { type: 'MultiPolygon'; coordinates: readonly Rings[] }
}

/** An area as the map shows it. */
export interface MapArea {
  code: string
  boundary: Boundary
  name: string
  /** Written under the name: the value, or why there is none. */
  value: string
  /** What it was made of. */
  made: string
  /** From 1, least, to 5, most; hatched without one. */
  step: 1 | 2 | 3 | 4 | 5 | undefined
  isChosen: boolean
}

/** Where an area's name was written, in pixels of the map. */
export interface MapSpot {
  code: string
  at: Point
}
