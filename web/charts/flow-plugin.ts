import type { Chart, Plugin } from 'chart.js'
import { cssColor } from './css-color.ts'
import type { FlowData } from './flow-data.ts'
import { placeLabels } from './place-labels.ts'

const LINE = 15
/** Of a mark on the axis, in pixels. */
const MARK = 8

/** Stripes under steps that are not whole, and the names of the series at their ends instead of a legend. */
export function flowPlugin(data: () => FlowData): Plugin<'line'> {
  return {
    id: 'flow',
    beforeDatasetsDraw: (chart) => drawStripes(chart, data()),
    afterDatasetsDraw: (chart) => {
      drawRevised(chart, data())
      drawBreaks(chart, data())
      drawRunning(chart, data())
      drawEnds(chart, data())
    },
  }
}

function drawStripes(chart: Chart, { steps }: FlowData): void {
  const { ctx, chartArea, scales } = chart
  const pattern = stripes(chart)
  if (!pattern) return
  ctx.save()
  ctx.fillStyle = pattern
  steps.forEach(({ part }, index) => {
    if (part === 'whole') return
    const left = Math.max(chartArea.left, scales.x!.getPixelForValue(index - 0.5))
    const right = Math.min(chartArea.right, scales.x!.getPixelForValue(index + 0.5))
    ctx.fillRect(left, chartArea.top, right - left, chartArea.height)
  })
  ctx.restore()
}

function stripes(chart: Chart): CanvasPattern | null {
  const tile = document.createElement('canvas')
  tile.width = tile.height = 8
  const context = tile.getContext('2d')
  if (!context) return null
  context.strokeStyle = cssColor(chart.canvas, '--unfinished')
  context.lineWidth = 2
  context.beginPath()
  for (const offset of [-8, 0, 8]) {
    context.moveTo(offset, 8)
    context.lineTo(offset + 8, 0)
  }
  context.stroke()
  return chart.ctx.createPattern(tile, 'repeat')
}

/** A small triangle on the axis under each step that was told otherwise before. */
function drawRevised(chart: Chart, { steps }: FlowData): void {
  const { ctx, chartArea, scales } = chart
  ctx.save()
  ctx.fillStyle = cssColor(chart.canvas, '--ink-2')
  steps.forEach(({ revised }, index) => {
    if (!revised) return
    const x = scales.x!.getPixelForValue(index)
    ctx.beginPath()
    ctx.moveTo(x, chartArea.bottom - MARK)
    ctx.lineTo(x + MARK / 2, chartArea.bottom)
    ctx.lineTo(x - MARK / 2, chartArea.bottom)
    ctx.fill()
  })
  ctx.restore()
}

/** A dashed rule over the whole height, named at its top on the side where there is room. */
function drawBreaks(chart: Chart, { breaks, breakLabel }: FlowData): void {
  const { ctx, chartArea, scales } = chart
  ctx.save()
  ctx.strokeStyle = ctx.fillStyle = cssColor(chart.canvas, '--ink-2')
  ctx.font = `400 12px ${getComputedStyle(chart.canvas).fontFamily}`
  ctx.textBaseline = 'top'
  ctx.setLineDash([5, 4])
  for (const { place } of breaks) {
    const x = Math.round(scales.x!.getPixelForValue(place)) + 0.5
    ctx.beginPath()
    ctx.moveTo(x, chartArea.top)
    ctx.lineTo(x, chartArea.bottom)
    ctx.stroke()
    const hasRoom = x + 6 + ctx.measureText(breakLabel).width < chartArea.right
    ctx.textAlign = hasRoom ? 'left' : 'right'
    ctx.fillText(breakLabel, hasRoom ? x + 6 : x - 6, chartArea.top)
  }
  ctx.restore()
}

/** Above the stripes of the step that still runs, what it is called. */
function drawRunning(chart: Chart, { steps, runningLabel }: FlowData): void {
  if (steps.at(-1)?.part !== 'running') return
  const { ctx, chartArea } = chart
  ctx.save()
  ctx.fillStyle = cssColor(chart.canvas, '--ink-3')
  ctx.font = `400 12px ${getComputedStyle(chart.canvas).fontFamily}`
  ctx.textAlign = 'right'
  ctx.textBaseline = 'bottom'
  ctx.fillText(runningLabel, chartArea.right, chartArea.top - 3)
  ctx.restore()
}

interface EndLabel {
  x: number
  y: number
  height: number
  color: string
  lines: string[]
}

function drawEnds(chart: Chart, data: FlowData): void {
  const { ctx, chartArea } = chart
  const family = getComputedStyle(chart.canvas).fontFamily
  ctx.save()
  ctx.textBaseline = 'top'
  const { top, bottom } = chartArea
  const ends = Map.groupBy(endLabels(chart, data), ({ x }) => x)
  for (const label of [...ends.values()].flatMap((one) =>
    placeLabels(one, top, bottom + LINE / 2),
  )) {
    ctx.fillStyle = label.color
    label.lines.forEach((line, index) => {
      ctx.font = `${index === 0 ? 600 : 400} 12px ${family}`
      ctx.fillText(line, label.x, label.y + index * LINE)
    })
  }
  ctx.restore()
}

/** One a series, so that no number stands among another's; beside the last whole step that it knows. */
function endLabels(chart: Chart, { series, steps }: FlowData): EndLabel[] {
  const { chartArea, scales, canvas } = chart
  const last = steps.length - 1
  const isRunning = steps[last]?.part === 'running'
  const whole = isRunning && last > 0 ? last - 1 : last
  return series.flatMap(({ ink, name, total, soFar, values }) => {
    const end = values.findLastIndex((value, index) => index <= whole && value !== null)
    const value = values[end]
    if (value === null || value === undefined) return []
    const hasSoFar = isRunning && typeof values[last] === 'number'
    // A line that ends before the others is named where it ends, which may be among them.
    const isEarly = end < whole
    const lines = isEarly ? [name] : [name, total, ...(hasSoFar ? [soFar] : [])]
    const x = isEarly ? scales.x!.getPixelForValue(end) + 6 : chartArea.right + 8
    const y = scales.y!.getPixelForValue(value) - LINE / 2
    return [{ x, y, height: lines.length * LINE + 4, color: cssColor(canvas, ink), lines }]
  })
}
