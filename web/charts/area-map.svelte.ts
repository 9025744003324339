import { Chart, type ChartConfiguration, LinearScale, Tooltip } from 'chart.js'
import {
  ChoroplethController,
  geoMercator,
  GeoFeature,
  type IChoroplethDataPoint,
  ProjectionScale,
} from 'chartjs-chart-geo'
import { untrack } from 'svelte'
import type { Attachment } from 'svelte/attachments'
import { MediaQuery } from 'svelte/reactivity'
import { paintedBy } from '../design/sharp-canvas.ts'
import { cssColor } from './css-color.ts'
import { hatching } from './hatching.ts'
import type { MapArea, MapSpot } from './map-data.ts'
import { mapPlugin } from './map-plugin.ts'
import { Seen } from './seen.svelte.ts'

Chart.register(ChoroplethController, GeoFeature, ProjectionScale, LinearScale, Tooltip)

type MapChart = Chart<'choropleth', IChoroplethDataPoint[]>

export interface MapOptions {
  areas: () => readonly MapArea[]
  /** The area that has the focus. */
  focused: () => string | undefined
  choose: (code: string) => void
  /** Told where the names are, each time they are drawn. */
  placed: (spots: readonly MapSpot[]) => void
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
      () => new Chart(canvas, configuration({ areas, focused, choose, placed })),
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

    const redraw = () => chart.update('none')
    document.fonts.addEventListener('loadingdone', redraw)
    return () => {
      document.fonts.removeEventListener('loadingdone', redraw)
      chart.destroy()
    }
  }
}

function configuration({
  areas,
  choose,
  placed,
}: MapOptions): ChartConfiguration<'choropleth', IChoroplethDataPoint[]> {
  return {
    type: 'choropleth',
    data: { datasets: [] },
    plugins: [mapPlugin(areas, placed)],
    options: {
      animation: false,
      maintainAspectRatio: false,
      onClick: (_event, [hit]) => hit && choose(areas()[hit.index]!.code),
      onHover: (_event, [hit], { canvas }) => (canvas.style.cursor = hit ? 'pointer' : ''),
      scales: {
        projection: { axis: 'x', projection: geoMercator(), padding: 4 },
        // The colours are the tokens': the chart only wants a scale of this name.
        color: { axis: 'x', type: 'linear', display: false } as never,
      },
      plugins: {
        legend: { display: false },
        tooltip: {
          // Above the name, or below it where the map begins.
          caretPadding: 18,
          xAlign: 'center',
          yAlign: ({ tooltip }) =>
            (tooltip.dataPoints?.[0]?.element.y ?? 0) < 110 ? 'top' : 'bottom',
          callbacks: {
            title: ([item]) => areas()[item?.dataIndex ?? -1]?.name ?? '',
            label: ({ dataIndex }) => {
              const { value = '', made = '' } = areas()[dataIndex] ?? {}
              return [value, made].filter((line) => line !== '')
            },
          },
        },
      },
    },
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
  const color = (name: string) => cssColor(chart.canvas, name)
  const hatched = hatching(chart.canvas, color('--rule-strong'))
  const font = { family: getComputedStyle(chart.canvas).fontFamily, size: 12 }
  const fills = areas.map(({ step }) => (step ? color(`--seq-${step}`) : hatched))
  const border = color('--paper')
  shape(chart, areas)
  Object.assign(chart.data.datasets[0]!, {
    backgroundColor: fills,
    borderColor: border,
    borderWidth: 1.5,
    // Another shade would be another class: what is pointed at has a rule around it.
    hoverBackgroundColor: fills,
    hoverBorderColor: border,
    hoverBorderWidth: 1.5,
  })
  Object.assign(chart.options.plugins!.tooltip!, {
    backgroundColor: color('--paper-raised'),
    borderColor: color('--rule-strong'),
    borderWidth: 1,
    titleColor: color('--ink'),
    bodyColor: color('--ink-2'),
    titleFont: font,
    bodyFont: font,
    cornerRadius: 3,
    padding: 8,
    displayColors: false,
  })
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
