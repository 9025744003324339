import {
  Chart,
  type ChartConfiguration,
  type ChartDataset,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  type Scale,
  Tooltip,
} from 'chart.js'
import { untrack } from 'svelte'
import type { Attachment } from 'svelte/attachments'
import { MediaQuery } from 'svelte/reactivity'
import type { Cell } from '#shared/view.ts'
import { paintedBy } from '../design/sharp-canvas.ts'
import { number } from '../i18n/format.ts'
import { cssColor } from './css-color.ts'
import type { FlowData, FlowSeries } from './flow-data.ts'
import { flowPlugin } from './flow-plugin.ts'
import { withoutOverlaps } from './without-overlaps.ts'

Chart.register(LineController, LineElement, PointElement, LinearScale, Tooltip)

type Dataset = ChartDataset<'line', { x: number; y: number }[]>

/**
 * Draws `data()` on a canvas: one chart for the canvas's life, one redraw per change of data, theme or
 * `cursor()`, the step whose values are shown as if it were pointed at.
 */
export function flowChart(
  data: () => FlowData,
  cursor: () => number | undefined = () => undefined,
): Attachment<HTMLCanvasElement> {
  return (canvas) => {
    // What a chart reads while it is made must not make it anew: hover and tooltip would be gone.
    const chart = untrack(() => new Chart(canvas, configuration(data)))
    const dark = new MediaQuery('(prefers-color-scheme: dark)')
    paintedBy(canvas, (ratio) => {
      chart.options.devicePixelRatio = ratio
      chart.resize()
    })

    $effect(() => {
      void dark.current
      const current = data()
      chart.data.datasets = current.series.flatMap((series) => datasets(canvas, series, current))
      style(chart, current)
      chart.update('none')
      canvas.dataset.reach = String(chart.scales.y!.max)
    })

    // After the data, which it points into.
    $effect(() => {
      void data()
      pointAt(chart, cursor())
    })

    // A canvas is not painted anew by itself when a font comes.
    const redraw = () => chart.update('none')
    document.fonts.addEventListener('loadingdone', redraw)
    return () => {
      document.fonts.removeEventListener('loadingdone', redraw)
      chart.destroy()
    }
  }
}

/** Without a step, the pointer's own is left alone unless a key had chosen it. */
function pointAt(
  chart: Chart<'line', { x: number; y: number }[]>,
  index: number | undefined,
): void {
  const { cursor } = chart.canvas.dataset
  if (index === undefined && cursor === undefined) return
  const elements = chart.data.datasets.flatMap(({ data }, datasetIndex) =>
    index !== undefined && Number.isFinite(data[index]?.y) ? [{ datasetIndex, index }] : [],
  )
  if (index === undefined) delete chart.canvas.dataset.cursor
  else chart.canvas.dataset.cursor = String(index)
  chart.setActiveElements(elements)
  chart.tooltip?.setActiveElements(elements, { x: 0, y: 0 })
  chart.update('none')
}

function configuration(
  data: () => FlowData,
): ChartConfiguration<'line', { x: number; y: number }[]> {
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
            label: (item) => `${item.dataset.label}: ${number(item.parsed.y ?? 0)}`,
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
  ctx.font = `12px ${getComputedStyle(canvas).fontFamily}`
  const labels = axis.ticks.map((tick) => ({
    tick,
    at: axis.getPixelForValue(tick.value),
    width: ctx.measureText(String(tick.label ?? '')).width,
    isMajor: tick.major === true,
  }))
  ctx.restore()
  axis.ticks = withoutOverlaps(labels).map(({ tick }) => tick)
}

/** Colours, bounds and room for labels: all that may change with data, theme or width. */
function style(chart: Chart<'line', any>, { steps, series, reach = 0 }: FlowData): void {
  const color = (name: string) => cssColor(chart.canvas, name)
  const { x, y } = chart.options.scales!
  const { tooltip } = chart.options.plugins!
  const font = { family: getComputedStyle(chart.canvas).fontFamily, size: 12 }
  const peak = Math.max(
    reach,
    ...series.flatMap(({ values, before }) => [...values, ...before].map(Number)),
  )
  Object.assign(x!, { min: -0.5, max: Math.max(0.5, steps.length - 0.5) })
  Object.assign(x!.ticks!, { color: color('--ink-3'), font })
  Object.assign(x!.border!, { color: color('--rule-strong') })
  Object.assign(y!, { suggestedMax: Math.max(4, peak) })
  Object.assign(y!.ticks!, { color: color('--ink-3'), font })
  Object.assign(y!.grid!, { color: color('--grid'), drawTicks: false })
  Object.assign(tooltip!, {
    backgroundColor: color('--paper-raised'),
    borderColor: color('--rule-strong'),
    borderWidth: 1,
    titleColor: color('--ink'),
    bodyColor: color('--ink-2'),
    titleFont: font,
    bodyFont: font,
    cornerRadius: 3,
    padding: 8,
    boxPadding: 4,
    usePointStyle: true,
  })
  Object.assign(chart.options.layout!, {
    padding: { top: 20, right: chart.width < 480 ? 76 : 104 },
  })
}

function datasets(canvas: HTMLElement, series: FlowSeries, data: FlowData): Dataset[] {
  const color = cssColor(canvas, series.color)
  const paper = cssColor(canvas, '--paper')
  const isWhole = (index: number) => data.steps[index]?.part === 'whole'
  const base = {
    borderColor: color,
    pointBorderColor: color,
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
      pointBackgroundColor: ({ dataIndex }) => (isWhole(dataIndex) ? color : paper),
      pointHoverBackgroundColor: color,
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
function points(values: readonly Cell[]): { x: number; y: number }[] {
  return values.map((value, index) => ({ x: index, y: value ?? NaN }))
}

/** Points are marked at the line's end only: the last whole step, and the steps that are not whole. */
function marks({ steps }: FlowData, index: number): boolean {
  const last = steps.length - 1
  const lastWhole = steps[last]?.part === 'running' ? last - 1 : last
  return index === last || index === lastWhole || steps[index]?.part === 'cut'
}
