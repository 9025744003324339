import { Chart, LinearScale, LineController, LineElement, PointElement, Tooltip } from 'chart.js'
import { untrack } from 'svelte'
import type { Attachment } from 'svelte/attachments'
import { MediaQuery } from 'svelte/reactivity'
import { onLetters } from '../design/fonts.ts'
import { paintedBy } from '../design/sharp-canvas.ts'
import { cssColor } from './css-color.ts'
import { flowConfiguration, flowDatasets, flowLook, type FlowPoint } from './flow-config.ts'
import type { FlowData } from './flow-data.ts'

Chart.register(LineController, LineElement, PointElement, LinearScale, Tooltip)

type FlowLines = Chart<'line', FlowPoint[]>

/**
 * Draws `data()` on a canvas: one chart for the canvas's life, one redraw per change of data, theme or
 * `cursor()`, the step whose values are shown as if it were pointed at. `press` is told the step that a mouse
 * presses: a finger that touches one asks for its values.
 */
export function flowChart(
  data: () => FlowData,
  cursor: () => number | undefined = () => undefined,
  press?: (index: number) => void,
): Attachment<HTMLCanvasElement> {
  return (canvas) => {
    // What a chart reads while it is made must not make it anew: hover and tooltip would be gone.
    const chart: FlowLines = untrack(() => new Chart(canvas, flowConfiguration(data)))
    if (press) {
      canvas.style.cursor = 'pointer'
      chart.options.onClick = ({ native }, [hit]) => {
        if (hit && (native as PointerEvent).pointerType === 'mouse') press(hit.index)
      }
    }
    const dark = new MediaQuery('(prefers-color-scheme: dark)')
    paintedBy(canvas, (ratio) => {
      chart.options.devicePixelRatio = ratio
      chart.resize()
    })

    $effect(() => {
      void dark.current
      const current = data()
      const color = (name: string) => cssColor(canvas, name)
      chart.data.datasets = current.series.flatMap((series) =>
        flowDatasets(series, current, { color }),
      )
      dress(chart, current)
      chart.update('none')
      canvas.dataset.reach = String(chart.scales.y!.max)
    })

    // After the data, which it points into.
    $effect(() => {
      void data()
      pointAt(chart, cursor())
    })

    const stop = onLetters(() => chart.update('none'))
    return () => {
      stop()
      chart.destroy()
    }
  }
}

/** Without a step, the pointer's own is left alone unless a key had chosen it. */
function pointAt(chart: FlowLines, index: number | undefined): void {
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

/** Part by part: what the chart holds besides stays. */
function dress(chart: FlowLines, data: FlowData): void {
  const { canvas, width, options } = chart
  const family = getComputedStyle(canvas).fontFamily
  const look = flowLook(data, { color: (name) => cssColor(canvas, name), family, width })
  const { x, y } = options.scales!
  Object.assign(x!, look.x.scale)
  Object.assign(x!.ticks!, look.x.ticks)
  Object.assign(x!.border!, look.x.border)
  Object.assign(y!, look.y.scale)
  Object.assign(y!.ticks!, look.y.ticks)
  Object.assign(y!.grid!, look.y.grid)
  Object.assign(options.plugins!.tooltip!, look.tooltip)
  Object.assign(options.layout!, { padding: look.padding })
}
