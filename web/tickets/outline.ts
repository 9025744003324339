import type { TicketDetail } from '#shared/tickets.ts'

type Position = readonly [longitude: number, latitude: number, ...rest: number[]]
type Ring = readonly Position[]

/** What is needed of `GET /api/v1/areas.geojson`. */
export interface AreaMap {
  features: readonly {
    properties: { code: string }
    geometry:
      | { type: 'Polygon'; coordinates: readonly Ring[] }
      | { type: 'MultiPolygon'; coordinates: readonly (readonly Ring[])[] }
  }[]
}

export interface Outline {
  width: number
  height: number
  areas: readonly { code: string; path: string }[]
  /** The square that a ticket lies in. */
  cell: { x: number; y: number; width: number; height: number }
}

const WIDTH = 320

/** Areas and a cell on one plane: degrees as they are, longitudes shortened by the middle's latitude. */
export function outlineOf(map: AreaMap, cell: NonNullable<TicketDetail['cell']>): Outline {
  const { south, west, size } = cell
  const corners: Position[] = [
    [west, south],
    [west + size, south + size],
  ]
  const all = [...map.features.flatMap(({ geometry }) => ringsOf(geometry).flat()), ...corners]
  const longitudes = extent(all.map(([longitude]) => longitude))
  const latitudes = extent(all.map(([, latitude]) => latitude))
  const shortened = Math.cos((((latitudes.least + latitudes.most) / 2) * Math.PI) / 180)
  const scale = WIDTH / ((longitudes.most - longitudes.least) * shortened)
  const x = (longitude: number) => (longitude - longitudes.least) * shortened * scale
  const y = (latitude: number) => (latitudes.most - latitude) * scale
  const point = ([longitude, latitude]: Position) =>
    `${x(longitude).toFixed(1)} ${y(latitude).toFixed(1)}`
  return {
    width: WIDTH,
    height: y(latitudes.least),
    areas: map.features.map(({ properties, geometry }) => ({
      code: properties.code,
      path: ringsOf(geometry)
        .map((ring) => `M${ring.map(point).join('L')}Z`)
        .join(''),
    })),
    cell: {
      x: x(west),
      y: y(south + size),
      width: x(west + size) - x(west),
      height: y(south) - y(south + size),
    },
  }
}

function ringsOf(geometry: AreaMap['features'][number]['geometry']): readonly Ring[] {
  return geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat()
}

/** Boundaries have more points than a call takes arguments. */
function extent(values: readonly number[]): { least: number; most: number } {
  return values.reduce(
    ({ least, most }, value) => ({ least: Math.min(least, value), most: Math.max(most, value) }),
    { least: Infinity, most: -Infinity },
  )
}
