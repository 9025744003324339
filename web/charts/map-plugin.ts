import type { Chart, Plugin } from 'chart.js'
import type { GeoFeature } from 'chartjs-chart-geo'
import { cssColor } from './css-color.ts'
import { boxOf, isInside, placeInside, type Rings } from './inside.ts'
import type { MapArea, MapSpot } from './map-data.ts'
import {
  type Box,
  boxAround,
  isApart,
  isClear,
  LINE,
  type MapLabel,
  type Place,
  placeLabel,
  type Widths,
} from './map-label.ts'

/** Weights of what is written. */
const NAME = 400
const VALUE = 600

/** A coast around all areas, and on each its name and value where they have room; a rule around those that were chosen. */
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
      placed(writeAll(chart, areas()))
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

/** Writes as many names as have room, and tells where each area is. */
function writeAll(chart: Chart<'choropleth'>, areas: readonly MapArea[]): MapSpot[] {
  const elements = featuresOf(chart)
  const shapes = elements.flatMap((element) => placeOf(element)?.shape ?? [])
  const taken: Box[] = []
  const isFree = (box: Box) =>
    isOn(chart, box) && isClear(shapes, box) && taken.every((other) => isApart(box, other))
  return areas.flatMap((area, index) => {
    const place = elements[index] && placeOf(elements[index])
    if (!place) return []
    const widths = widthsOf(chart, area)
    const label = placeLabel(place, widths, isFree)
    if (label) write(chart, area, label)
    if (label && !label.isInside)
      taken.push(boxAround(label.at, Math.max(widths.name, widths.value)))
    return [{ code: area.code, at: place.inside }]
  })
}

function isOn({ chartArea }: Chart<'choropleth'>, { left, right, top, bottom }: Box): boolean {
  const { left: start, right: end, top: ceiling, bottom: floor } = chartArea
  return left >= start && right <= end && top >= ceiling && bottom <= floor
}

const fontOf = (chart: Chart<'choropleth'>, weight: number): string =>
  `${weight} 12px ${getComputedStyle(chart.canvas).fontFamily}`

function widthsOf(chart: Chart<'choropleth'>, { name, value }: MapArea): Widths {
  const { ctx } = chart
  const widthOf = (line: string, weight: number) => {
    ctx.font = fontOf(chart, weight)
    return ctx.measureText(line).width
  }
  return { name: widthOf(name, NAME), value: widthOf(value, VALUE) }
}

function write(
  chart: Chart<'choropleth'>,
  { name, value, step }: MapArea,
  { at: [x, y], isInside, hasName }: MapLabel,
): void {
  const { ctx } = chart
  const isFilled = isInside && step !== undefined
  ctx.save()
  ctx.textAlign = 'center'
  ctx.textBaseline = 'middle'
  ctx.lineJoin = 'round'
  ctx.lineWidth = 3
  ctx.strokeStyle = cssColor(chart.canvas, '--paper')
  ctx.fillStyle = cssColor(chart.canvas, isFilled ? `--on-seq-${step}` : '--ink')
  const draw = (line: string, weight: number, up: number) => {
    ctx.font = fontOf(chart, weight)
    if (!isFilled) ctx.strokeText(line, x, y + up)
    ctx.fillText(line, x, y + up)
  }
  if (hasName) draw(name, NAME, -LINE / 2)
  draw(value, VALUE, hasName ? LINE / 2 : 0)
  ctx.restore()
}

function lookForPlace(shape: readonly Rings[]): Place | undefined {
  const inside = placeInside(shape)
  const part = inside && shape.find((rings) => isInside(rings, inside))
  if (!inside || !part) return undefined
  const [left, top, right, bottom] = boxOf(part[0]!)
  return { inside, shape, box: { left, top, right, bottom } }
}

const featuresOf = (chart: Chart<'choropleth'>): GeoFeature[] =>
  chart.getDatasetMeta(0).data as unknown as GeoFeature[]

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
