import { Chart, LinearScale, PointElement, ScatterController } from 'chart.js'
import { untrack } from 'svelte'
import type { Attachment } from 'svelte/attachments'
import { MediaQuery } from 'svelte/reactivity'
import { onLetters } from '../design/fonts.ts'
import { paintedBy } from '../design/sharp-canvas.ts'
import { cssColor } from './css-color.ts'
import {
  scatterConfiguration,
  scatterDatasets,
  type ScatterGroup,
  type ScatterPoint,
} from './scatter-config.ts'

Chart.register(ScatterController, PointElement, LinearScale)

type ScatterOf = Chart<'scatter', ScatterPoint[]>

/** Draws `groups()` on a canvas without axes: one chart for the canvas's life, one redraw per change of data or theme. */
export function scatterChart(groups: () => readonly ScatterGroup[]): Attachment<HTMLCanvasElement> {
  return (canvas) => {
    const chart: ScatterOf = untrack(() => new Chart(canvas, scatterConfiguration(groups)))
    const dark = new MediaQuery('(prefers-color-scheme: dark)')
    paintedBy(canvas, (ratio) => {
      chart.options.devicePixelRatio = ratio
      chart.resize()
    })
    $effect(() => {
      void dark.current
      chart.data.datasets = scatterDatasets(groups(), {
        color: (name) => cssColor(canvas, name),
      })
      chart.update('none')
    })
    const stop = onLetters(() => chart.update('none'))
    return () => {
      stop()
      chart.destroy()
    }
  }
}
