import { Chart, LinearScale, Tooltip } from 'chart.js'
import {
  ChoroplethController,
  GeoFeature,
  type IChoroplethDataPoint,
  ProjectionScale,
} from 'chartjs-chart-geo'
import { untrack } from 'svelte'
import type { Attachment } from 'svelte/attachments'
import { MediaQuery } from 'svelte/reactivity'
import { onLetters } from '../design/fonts.ts'
import { paintedBy } from '../design/sharp-canvas.ts'
import { cssColor } from './css-color.ts'
import { hatching } from './hatching.ts'
import { type MapConfigured, mapConfiguration, mapLook } from './map-config.ts'
import type { MapArea } from './map-data.ts'
import { Seen } from './seen.svelte.ts'

Chart.register(ChoroplethController, GeoFeature, ProjectionScale, LinearScale, Tooltip)

type MapChart = Chart<'choropleth', IChoroplethDataPoint[]>

export interface MapOptions extends MapConfigured {
  /** The area that has the focus. */
  focused: () => string | undefined
}

/** Draws areas on a canvas: one chart for the canvas's life, one redraw per change of data or theme. */
export function areaMap({
  areas,
  focused,
  choose,
  placed,
}: MapOptions): Attachment<HTMLCanvasElement> {
  return (canvas) => {
    // It draws at once, and what it reads then must not make it anew with each patch.
    const chart: MapChart = untrack(
      () => new Chart(canvas, mapConfiguration({ areas, choose, placed })),
    )
    const dark = new MediaQuery('(prefers-color-scheme: dark)')
    const seen = new Seen(canvas)
    paintedBy(canvas, (ratio) => {
      chart.options.devicePixelRatio = ratio
      chart.resize()
    })

    $effect(() => {
      if (!seen.isOn) return
      void dark.current
      paint(chart, areas())
    })
    $effect(() => {
      const code = focused()
      // New numbers are drawn by the effect above, and leave what is pointed at as it is.
      untrack(() =>
        point(
          chart,
          areas().findIndex((area) => area.code === code),
        ),
      )
    })

    const stop = onLetters(() => chart.update('none'))
    return () => {
      stop()
      chart.destroy()
    }
  }
}

function point(chart: MapChart, index: number): void {
  const active = index < 0 ? [] : [{ datasetIndex: 0, index }]
  const element = chart.getDatasetMeta(0).data[index] as GeoFeature | undefined
  chart.setActiveElements(active)
  chart.tooltip?.setActiveElements(active, element?.getCenterPoint() ?? { x: 0, y: 0 })
  chart.update('none')
}

/** Elements are made once for each set of boundaries: where a name goes is looked for with them. */
function shape(chart: MapChart, areas: readonly MapArea[]): void {
  const shown = shapes.get(chart)
  if (shown?.length === areas.length && areas.every(({ boundary }, i) => boundary === shown[i]))
    return
  shapes.set(
    chart,
    areas.map(({ boundary }) => boundary),
  )
  const features = areas.map(({ boundary }) => rewound(boundary))
  chart.data.datasets = [
    { outline: features, data: features.map((feature, index) => ({ feature, value: index })) },
  ] as never
}

const shapes = new WeakMap<MapChart, readonly MapArea['boundary'][]>()

function paint(chart: MapChart, areas: readonly MapArea[]): void {
  const { canvas } = chart
  const color = (name: string) => cssColor(canvas, name)
  const hatched = hatching(canvas, color('--rule-strong'))
  const family = getComputedStyle(canvas).fontFamily
  const look = mapLook(areas, { color, family, hatched })
  shape(chart, areas)
  Object.assign(chart.data.datasets[0]!, look.dataset)
  Object.assign(chart.options.plugins!.tooltip!, look.tooltip)
  chart.update('none')
}

/** Polygons on a sphere run the other way around than those of GeoJSON. */
function rewound({ geometry }: MapArea['boundary']) {
  const coordinates = geometry.coordinates.map((rings) =>
    rings.map((ring) => ring.map(([x, y]) => [x, y]).reverse()),
  )
  return {
    type: 'Feature',
    properties: {},
    geometry: { type: 'MultiPolygon', coordinates },
  } as const
}
