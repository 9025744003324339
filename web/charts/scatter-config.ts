import type { ChartConfiguration, ChartDataset, Plugin } from 'chart.js'
import { cssColor } from './css-color.ts'
import type { Paint } from './tooltip-look.ts'

/** Things that stand at a place, each as large as how many there are. */
export interface ScatterGroup {
  name: string
  /** A custom property with its colour. */
  color: string
  shape: 'circle' | 'rect' | 'triangle' | 'rectRot' | 'star'
  centre: readonly [x: number, y: number]
  points: readonly { x: number; y: number; n: number }[]
}

export type ScatterPoint = { x: number; y: number }

/** Groups without axes, on which nothing can be pointed at: never animated. */
export function scatterConfiguration(
  groups: () => readonly ScatterGroup[],
): ChartConfiguration<'scatter', ScatterPoint[]> {
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

/** A point is so large that its area grows with how many stand there. */
export const scatterDatasets = (
  groups: readonly ScatterGroup[],
  { color: colorOf }: Pick<Paint, 'color'>,
): ChartDataset<'scatter', ScatterPoint[]>[] =>
  groups.map(({ name, color, shape, points }) => ({
    label: name,
    data: points.map(({ x, y }) => ({ x, y })),
    pointStyle: shape,
    pointRadius: points.map(({ n }) => 2.5 + Math.sqrt(n)),
    backgroundColor: colorOf(color),
    borderColor: colorOf('--paper'),
    borderWidth: 1,
  }))

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
