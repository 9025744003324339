import type { Dimension } from './ticket.ts'
import type { Break } from './view.ts'

/** A member of a dimension as a page needs it: the code that views use, and what to call it. */
export interface Member {
  code: string
  /** By BCP 47 language; may be empty, then the code is the name. */
  names: Readonly<Record<string, string>>
}

/** GeoJSON in WGS84: of each polygon its outline, then its holes; rings are closed. */
export interface MultiPolygon {
  type: 'MultiPolygon'
  coordinates: Position[][][]
}

export type Position = [longitude: number, latitude: number]

/** `GET /api/v1/areas.geojson`: one feature for each area that has a boundary; outlines run counterclockwise. */
export interface AreaMap {
  type: 'FeatureCollection'
  features: { type: 'Feature'; properties: { code: string }; geometry: MultiPolygon }[]
}

/** Seconds by the clock, by category code and `default`; null where there is none, or it is in working time. */
export type Targets = Readonly<Record<string, { onTime: number | null; respond: number | null }>>

/** What a page must know besides numbers: `GET /api/v1/deployment`. */
export interface Deployment {
  place: {
    names: Readonly<Record<string, string>>
    demonstration: boolean
    /** Of the numbers; absent where the city has named none. */
    licence?: { name: string; url?: string | undefined } | undefined
    contact?: string | undefined
    /** What a source is called in the languages of the city, by its own name. */
    sources?: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined
  }
  timeZone: string
  clock: 'database' | 'events'
  policyVersion: number
  minN: number
  satisfiedFrom: number
  /** Dimensions the public may filter and break down by. */
  opened: readonly Dimension[]
  members: Readonly<Partial<Record<Dimension, readonly Member[]>>>
  /** By the newest policy; absent where category is not opened. */
  targets?: Targets
  /** Areas are opened and have boundaries: `GET /api/v1/areas.geojson`. */
  map: boolean
  /** Where the series of measures break, in the journal's order. */
  breaks: readonly Break[]
  edition: number
}
