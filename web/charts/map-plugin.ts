import type { Chart, Plugin } from 'chart.js'
import type { GeoFeature } from 'chartjs-chart-geo'
import { cssColor } from './css-color.ts'
import { boxOf, isInside, placeInside, type Point, type Rings, widthAt } from './inside.ts'
import type { MapArea, MapSpot } from './map-data.ts'

const LINE = 15
const GAP = 6

/** A coast around all areas, and on each its name and value; a rule around those that were chosen. */
export function mapPlugin(
  areas: () => readonly MapArea[],
  placed: (spots: readonly MapSpot[]) => void,
): Plugin<'choropleth'> {
  return {
    id: 'areas',
    beforeDatasetsDraw: (chart) =>
      outline(chart, { width: 4, color: '--rule-strong', isShown: () => true }),
    afterDatasetsDraw: (chart) => {
      const active = new Set(chart.getActiveElements().map(({ index }) => index))
      const isMarked = (index: number) => active.has(index) || areas()[index]!.isChosen
      outline(chart, { width: 2, color: '--ink', isShown: isMarked })
      placed(areas().flatMap((area, index) => write(chart, area, index)))
    },
  }
}

interface Line {
  width: number
  color: string
  isShown: (index: number) => boolean
}

function outline(chart: Chart<'choropleth'>, { width, color, isShown }: Line): void {
  const { ctx } = chart
  ctx.save()
  ctx.strokeStyle = cssColor(chart.canvas, color)
  ctx.lineWidth = width
  ctx.lineJoin = 'round'
  ctx.beginPath()
  featuresOf(chart).forEach(({ projectionScale, feature }, index) => {
    if (isShown(index)) projectionScale.geoPath.context(ctx)(feature)
  })
  ctx.stroke()
  ctx.restore()
}

function write(chart: Chart<'choropleth'>, area: MapArea, index: number): MapSpot[] {
  const element = featuresOf(chart)[index]
  const place = element && placeOf(element)
  if (!element || !place) return []
  const { inside, room } = place
  const { ctx } = chart
  const family = getComputedStyle(chart.canvas).fontFamily
  const fonts = [`400 12px ${family}`, `600 12px ${family}`]
  const lines = [area.name, area.value]
  ctx.save()
  const widths = lines.map((line, i) => {
    ctx.font = fonts[i]!
    return ctx.measureText(line).width
  })
  const width = Math.max(...widths)
  const fits = width <= room + 4
  const beside = fits && !isTiny(place) ? undefined : besideOf(chart, place, width)
  const at = beside ?? (fits ? inside : belowOf(place))
  const isFilled = at === inside && area.step !== undefined
  ctx.textAlign = 'center'
  ctx.textBaseline = 'middle'
  ctx.lineJoin = 'round'
  ctx.lineWidth = 3
  ctx.strokeStyle = cssColor(chart.canvas, '--paper')
  ctx.fillStyle = cssColor(chart.canvas, isFilled ? `--on-seq-${area.step}` : '--ink')
  lines.forEach((line, i) => {
    const y = at[1] + (i - 0.5) * LINE
    ctx.font = fonts[i]!
    if (!isFilled) ctx.strokeText(line, at[0], y)
    ctx.fillText(line, at[0], y)
  })
  ctx.restore()
  return [{ code: area.code, at: inside }]
}

/** Hardly larger than two lines: what is written on it hides it. */
const isTiny = ({ box }: Place): boolean =>
  Math.max(box.right - box.left, box.bottom - box.top) < 4 * LINE

const belowOf = ({ box }: Place): Point => [(box.left + box.right) / 2, box.bottom + LINE + GAP]

/** Beside an area that is too small for its name: where it covers no area, if there is such a place. */
function besideOf(chart: Chart<'choropleth'>, place: Place, width: number): Point | undefined {
  const { box } = place
  const { left, right, top, bottom } = chart.chartArea
  const [middle, level] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2]
  const aside = width / 2 + GAP
  const candidates: Point[] = [
    belowOf(place),
    [box.left - aside, level],
    [box.right + aside, level],
    [middle, box.top - LINE - GAP],
    [box.left - aside, box.bottom],
    [box.left - aside, box.top],
    [box.right + aside, box.bottom],
  ]
  const shapes = featuresOf(chart).flatMap((element) => placeOf(element)?.shape ?? [])
  const isFree = ([x, y]: Point) =>
    x - width / 2 >= left &&
    x + width / 2 <= right &&
    y - LINE >= top &&
    y + LINE <= bottom &&
    cornersOf([x, y], width).every((point) => !shapes.some((rings) => isInside(rings, point)))
  return candidates.find(isFree)
}

const cornersOf = ([x, y]: Point, width: number): Point[] =>
  [-0.5, -0.25, 0, 0.25, 0.5].flatMap((side): Point[] => [
    [x + side * (width + GAP), y - LINE - GAP / 2],
    [x + side * (width + GAP), y],
    [x + side * (width + GAP), y + LINE + GAP / 2],
  ])

function lookForPlace(shape: readonly Rings[]): Place | undefined {
  const inside = placeInside(shape)
  const part = inside && shape.find((rings) => isInside(rings, inside))
  if (!inside || !part) return undefined
  const [left, top, right, bottom] = boxOf(part[0]!)
  return { inside, room: widthAt(shape, inside), shape, box: { left, top, right, bottom } }
}

const featuresOf = (chart: Chart<'choropleth'>): GeoFeature[] =>
  chart.getDatasetMeta(0).data as unknown as GeoFeature[]

interface Place {
  inside: Point
  /** How wide the area is there. */
  room: number
  shape: readonly Rings[]
  /** Around that part of it. */
  box: { left: number; top: number; right: number; bottom: number }
}

const places = new WeakMap<GeoFeature, { bounds: string; place: Place | undefined }>()

/** Where its name goes, in pixels of the chart: looked for once for each size of the map. */
function placeOf(element: GeoFeature): Place | undefined {
  const bounds = JSON.stringify(element.getBounds())
  const known = places.get(element)
  if (known?.bounds === bounds) return known.place
  const place = lookForPlace(shapeOf(element))
  places.set(element, { bounds, place })
  return place
}

function shapeOf({ feature, projectionScale }: GeoFeature): Rings[] {
  const polygons = feature.geometry.coordinates as [number, number][][][]
  return polygons.map((rings) =>
    rings.map((ring) => ring.map((point) => projectionScale.projection(point) ?? [0, 0])),
  )
}
