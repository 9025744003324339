import {
  Chart,
  type ChartConfiguration,
  LinearScale,
  type Plugin,
  PointElement,
  ScatterController,
} from 'chart.js'
import { untrack } from 'svelte'
import type { Attachment } from 'svelte/attachments'
import { MediaQuery } from 'svelte/reactivity'
import { paintedBy } from '../design/sharp-canvas.ts'
import { cssColor } from './css-color.ts'

Chart.register(ScatterController, PointElement, LinearScale)

/** Things that stand at a place, each as large as how many there are. */
export interface ScatterGroup {
  name: string
  /** A custom property with its colour. */
  color: string
  shape: 'circle' | 'rect' | 'triangle' | 'rectRot' | 'star'
  centre: readonly [x: number, y: number]
  points: readonly { x: number; y: number; n: number }[]
}

type ScatterOf = Chart<'scatter', { x: number; y: number }[]>

/** Draws `groups()` on a canvas without axes: one chart for the canvas's life, one redraw per change of data or theme. */
export function scatterChart(groups: () => readonly ScatterGroup[]): Attachment<HTMLCanvasElement> {
  return (canvas) => {
    const chart: ScatterOf = untrack(() => new Chart(canvas, configuration(groups)))
    const dark = new MediaQuery('(prefers-color-scheme: dark)')
    paintedBy(canvas, (ratio) => {
      chart.options.devicePixelRatio = ratio
      chart.resize()
    })
    $effect(() => {
      void dark.current
      chart.data.datasets = groups().map(({ name, color, shape, points }) => ({
        label: name,
        data: points.map(({ x, y }) => ({ x, y })),
        pointStyle: shape,
        pointRadius: points.map(({ n }) => 2.5 + Math.sqrt(n)),
        backgroundColor: cssColor(canvas, color),
        borderColor: cssColor(canvas, '--paper'),
        borderWidth: 1,
      }))
      chart.update('none')
    })
    const redraw = () => chart.update('none')
    document.fonts.addEventListener('loadingdone', redraw)
    return () => {
      document.fonts.removeEventListener('loadingdone', redraw)
      chart.destroy()
    }
  }
}

function configuration(
  groups: () => readonly ScatterGroup[],
): ChartConfiguration<'scatter', { x: number; y: number }[]> {
  const side = { min: -1.1, max: 1.1, display: false }
  return {
    type: 'scatter',
    data: { datasets: [] },
    plugins: [namesOf(groups)],
    options: {
      animation: false,
      maintainAspectRatio: false,
      parsing: false,
      events: [],
      scales: { x: { type: 'linear', ...side }, y: { type: 'linear', ...side } },
    },
  }
}

/** Writes each name in the middle of its group, over its points. */
function namesOf(groups: () => readonly ScatterGroup[]): Plugin<'scatter'> {
  return {
    id: 'names',
    afterDatasetsDraw(chart) {
      const { ctx, canvas, scales } = chart
      ctx.save()
      ctx.font = `600 15px ${getComputedStyle(canvas).fontFamily}`
      ctx.textAlign = 'center'
      ctx.textBaseline = 'middle'
      ctx.lineJoin = 'round'
      ctx.lineWidth = 4
      ctx.strokeStyle = cssColor(canvas, '--paper')
      ctx.fillStyle = cssColor(canvas, '--ink')
      for (const { name, centre } of groups()) {
        const [x, y] = [
          scales.x!.getPixelForValue(centre[0]),
          scales.y!.getPixelForValue(centre[1]),
        ]
        ctx.strokeText(name, x, y)
        ctx.fillText(name, x, y)
      }
      ctx.restore()
    },
  }
}
