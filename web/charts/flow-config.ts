import type { ChartConfiguration, ChartDataset, Scale } from 'chart.js'
import type { Cell } from '#shared/view.ts'
import { number } from '../i18n/format.ts'
import { t } from '../i18n/t.ts'
import type { FlowData, FlowSeries } from './flow-data.ts'
import { flowPlugin } from './flow-plugin.ts'
import { LETTERS, type Paint, tooltipLook } from './tooltip-look.ts'
import { withoutOverlaps } from './without-overlaps.ts'

export type FlowPoint = { x: number; y: number }
export type FlowConfiguration = ChartConfiguration<'line', FlowPoint[]>
type Dataset = ChartDataset<'line', FlowPoint[]>

/** Room for what stands at the ends of the lines, in pixels; on a narrow chart less. */
const ENDS = { wide: 104, narrow: 76, under: 480 }
/** Without anything received, the scale still reaches so far. */
const LEAST = 4

/** A chart of `data()`, as it is whenever the chart asks: never animated, from zero, read step by step. */
export function flowConfiguration(data: () => FlowData): FlowConfiguration {
  return {
    type: 'line',
    data: { datasets: [] },
    plugins: [flowPlugin(data)],
    options: {
      animation: false,
      maintainAspectRatio: false,
      parsing: false,
      interaction: { mode: 'index', intersect: false },
      layout: { padding: { top: 20 } },
      scales: {
        x: {
          type: 'linear',
          offset: false,
          grid: { display: false },
          afterBuildTicks: (axis) => {
            axis.ticks = data().ticks.map(({ index, isMajor }) => ({
              value: index,
              major: isMajor,
            }))
          },
          afterUpdate: dropOverlaps,
          ticks: {
            maxRotation: 0,
            major: { enabled: true },
            callback: (value) => data().ticks.find(({ index }) => index === value)?.label ?? '',
          },
        },
        y: {
          beginAtZero: true,
          border: { display: false },
          ticks: { precision: 0, maxTicksLimit: 5, callback: (value) => number(Number(value)) },
        },
      },
      plugins: {
        tooltip: {
          callbacks: {
            title: (items) => titleOf(data(), items[0]?.parsed.x ?? -1),
            label: ({ dataset, parsed }) =>
              (dataset.label ?? '') + t('mark.colon') + number(parsed.y ?? 0),
          },
        },
      },
    },
  }
}

function titleOf({ steps }: FlowData, index: number): string[] {
  const { label, revised } = steps[index] ?? {}
  return [label, revised].filter((text) => text !== undefined)
}

/** The chart itself leaves out what touches its neighbour of the same rank only. */
function dropOverlaps(axis: Scale): void {
  const { ctx, canvas } = axis.chart
  ctx.save()
  ctx.font = `${LETTERS}px ${getComputedStyle(canvas).fontFamily}`
  const labels = axis.ticks.map((tick) => ({
    tick,
    at: axis.getPixelForValue(tick.value),
    width: ctx.measureText(String(tick.label ?? '')).width,
    isMajor: tick.major === true,
  }))
  ctx.restore()
  axis.ticks = withoutOverlaps(labels).map(({ tick }) => tick)
}

/** Colours, bounds and room for labels: all that may change with data, theme or `width`, in pixels. */
export function flowLook({ steps, series, reach = 0 }: FlowData, paint: Paint & { width: number }) {
  const { color, family, width } = paint
  const text = { color: color('--ink-3'), font: { family, size: LETTERS } }
  const peak = Math.max(
    reach,
    ...series.flatMap(({ values, before }) => [...values, ...before].map(Number)),
  )
  return {
    x: {
      scale: { min: -0.5, max: Math.max(0.5, steps.length - 0.5) },
      ticks: text,
      border: { color: color('--rule-strong') },
    },
    y: {
      scale: { suggestedMax: Math.max(LEAST, peak) },
      ticks: text,
      grid: { color: color('--grid'), drawTicks: false },
    },
    tooltip: { ...tooltipLook(paint), boxPadding: 4, usePointStyle: true },
    padding: { top: 20, right: width < ENDS.under ? ENDS.narrow : ENDS.wide },
  }
}

/** The line of a series, dotted where a step is not whole, and the period before as a thin one under it. */
export function flowDatasets(
  series: FlowSeries,
  data: FlowData,
  { color }: Pick<Paint, 'color'>,
): [line: Dataset, ghost: Dataset] {
  const ink = color(series.color)
  const paper = color('--paper')
  const isWhole = (index: number) => data.steps[index]?.part === 'whole'
  const base = {
    borderColor: ink,
    pointBorderColor: ink,
    tension: 0,
    spanGaps: false,
    clip: false,
  } as const
  return [
    {
      ...base,
      label: series.name,
      data: points(series.values),
      borderWidth: 2,
      order: 1,
      segment: {
        borderDash: ({ p0DataIndex, p1DataIndex }) =>
          isWhole(p0DataIndex) && isWhole(p1DataIndex) ? undefined : [1, 4],
      },
      borderCapStyle: 'round',
      pointRadius: ({ dataIndex }) => (marks(data, dataIndex) ? 3.5 : 0),
      pointBackgroundColor: ({ dataIndex }) => (isWhole(dataIndex) ? ink : paper),
      pointHoverBackgroundColor: ink,
      pointBorderWidth: 2,
      pointHitRadius: 8,
    },
    {
      ...base,
      label: data.beforeLabel(series.name),
      data: points(series.before),
      borderWidth: 1,
      order: 2,
      pointRadius: 0,
      pointHitRadius: 8,
    },
  ]
}

/** A missing value is a gap: NaN is drawn as one, and never bridged. */
function points(values: readonly Cell[]): FlowPoint[] {
  return values.map((value, index) => ({ x: index, y: value ?? NaN }))
}

/** Points are marked at the line's end only: the last whole step, and the steps that are not whole. */
function marks({ steps }: FlowData, index: number): boolean {
  const last = steps.length - 1
  const lastWhole = steps[last]?.part === 'running' ? last - 1 : last
  return index === last || index === lastWhole || steps[index]?.part === 'cut'
}
