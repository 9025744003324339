import type { ChartConfiguration } from 'chart.js'
import { geoMercator, type IChoroplethDataPoint } from 'chartjs-chart-geo'
import type { MapArea, MapSpot } from './map-data.ts'
import { mapPlugin } from './map-plugin.ts'
import { type Paint, tooltipLook } from './tooltip-look.ts'

/** Nearer to the map's upper edge, in pixels, a tooltip stands below its area. */
const UNDER = 110

export interface MapConfigured {
  areas: () => readonly MapArea[]
  choose: (code: string) => void
  /** Told where the names are, each time they are drawn. */
  placed: (spots: readonly MapSpot[]) => void
}

/** A map of `areas()`, as they are whenever it asks: never animated, without axes and legend. */
export function mapConfiguration({
  areas,
  choose,
  placed,
}: MapConfigured): ChartConfiguration<'choropleth', IChoroplethDataPoint[]> {
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
            (tooltip.dataPoints?.[0]?.element.y ?? 0) < UNDER ? 'top' : 'bottom',
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

/** Each area in the colour of its class, hatched without one. */
export function mapLook<Pattern>(
  areas: readonly MapArea[],
  { hatched, ...paint }: Paint & { hatched: Pattern },
) {
  const fills = areas.map(({ step }) => (step ? paint.color(`--seq-${step}`) : hatched))
  const border = paint.color('--paper')
  return {
    dataset: {
      backgroundColor: fills,
      borderColor: border,
      borderWidth: 1.5,
      // Another shade would be another class: what is pointed at has a rule around it.
      hoverBackgroundColor: fills,
      hoverBorderColor: border,
      hoverBorderWidth: 1.5,
    },
    tooltip: { ...tooltipLook(paint), displayColors: false },
  }
}
