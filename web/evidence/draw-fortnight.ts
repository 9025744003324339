import { type Fortnight, type FortnightSeries, type Scale, scaleOf, unbroken } from './fortnight.ts'

/** Where the lines are drawn, in the page's pixels. */
interface Plot {
  left: number
  right: number
  top: number
  bottom: number
}

const FINENESS = 2

/** Draws a fortnight on a canvas as large as it lies on the page, twice as fine. */
export function drawFortnight(canvas: HTMLCanvasElement, fortnight: Fortnight): void {
  const { clientWidth: width, clientHeight: height } = canvas
  canvas.width = width * FINENESS
  canvas.height = height * FINENESS
  const scale = scaleOf(fortnight)
  const context = canvas.getContext('2d')!
  context.scale(FINENESS, FINENESS)
  const { fontFamily } = getComputedStyle(canvas)
  context.font = `12px ${fontFamily}`
  context.textBaseline = 'middle'
  if (!scale) return
  const widest = (texts: readonly string[]) =>
    Math.max(0, ...texts.map((text) => context.measureText(text).width))
  const names = fortnight.series.length > 1 ? fortnight.series.map(({ name }) => name) : []
  const plot = {
    left: widest(scale.marks.map(fortnight.write)) + 8,
    right: width - (names.length > 0 ? widest(names) + 14 : 8),
    top: 8,
    bottom: height - 22,
  }
  const pen = { context, plot, scale, days: fortnight.days }
  drawGround(pen, canvas, fortnight)
  for (const series of fortnight.series) drawLine(pen, canvas, series)
  drawNames(pen, canvas, names.length > 0 ? fortnight.series : [])
}

interface Pen {
  context: CanvasRenderingContext2D
  plot: Plot
  scale: Scale
  days: Fortnight['days']
}

const colorOf = (canvas: HTMLElement, property: string): string => {
  canvas.style.color = `var(${property})`
  const { color } = getComputedStyle(canvas)
  canvas.style.color = ''
  return color
}

const xOf = ({ plot, days }: Pen, day: number): number =>
  plot.left + ((day + 0.5) / days.length) * (plot.right - plot.left)

const yOf = ({ plot, scale }: Pen, value: number): number =>
  plot.bottom - ((value - scale.low) / (scale.high - scale.low)) * (plot.bottom - plot.top)

function drawGround(pen: Pen, canvas: HTMLCanvasElement, { write, days }: Fortnight): void {
  const { context, plot, scale } = pen
  context.lineWidth = 1
  for (const mark of scale.marks) {
    const y = Math.round(yOf(pen, mark)) + 0.5
    context.strokeStyle = colorOf(canvas, mark === scale.low ? '--rule-strong' : '--grid')
    stroke(context, [
      [plot.left, y],
      [plot.right, y],
    ])
    context.fillStyle = colorOf(canvas, '--ink-2')
    context.textAlign = 'right'
    context.fillText(write(mark), plot.left - 6, y)
  }
  const [first, last] = [days[0], days.at(-1)]
  context.textAlign = 'left'
  context.fillText(first?.label ?? '', plot.left, plot.bottom + 13)
  context.textAlign = 'right'
  context.fillText(last?.label ?? '', plot.right, plot.bottom + 13)
}

/** A day that is not over yet is dotted, with a hollow end. */
function drawLine(pen: Pen, canvas: HTMLCanvasElement, { values, color }: FortnightSeries): void {
  const { context, days } = pen
  const at = (day: number): [number, number] => [xOf(pen, day), yOf(pen, values[day]!)]
  context.strokeStyle = context.fillStyle = colorOf(canvas, color)
  context.lineWidth = 2
  context.lineJoin = context.lineCap = 'round'
  for (const [from, to] of unbroken(values)) {
    const whole = days[to]?.isWhole === false ? to - 1 : to
    stroke(context, range(from, whole).map(at))
    if (whole < to && whole >= from) {
      context.setLineDash([1, 4])
      stroke(context, [at(whole), at(to)])
      context.setLineDash([])
    }
    if (from === to || to === days.length - 1) drawPoint(pen, at(to), days[to]!.isWhole)
  }
}

function drawPoint({ context }: Pen, [x, y]: [number, number], isWhole: boolean): void {
  context.beginPath()
  context.arc(x, y, isWhole ? 3.5 : 3, 0, 2 * Math.PI)
  if (isWhole) context.fill()
  else context.stroke()
}

/** Beside the line's end, and not over each other. */
function drawNames(pen: Pen, canvas: HTMLCanvasElement, series: readonly FortnightSeries[]): void {
  const { context, plot } = pen
  const ends = series
    .flatMap(({ name, ink, values }) => {
      const last = values.findLast((value) => value !== null) ?? null
      return last === null ? [] : [{ name, ink, y: yOf(pen, last) }]
    })
    .sort((one, other) => one.y - other.y)
  context.textAlign = 'left'
  let lowest = -Infinity
  for (const { name, ink, y } of ends) {
    lowest = Math.max(y, lowest + 14)
    context.fillStyle = colorOf(canvas, ink)
    context.fillText(name, plot.right + 6, lowest)
  }
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)

function stroke(context: CanvasRenderingContext2D, points: readonly [number, number][]): void {
  if (points.length < 2) return
  context.beginPath()
  points.forEach(([x, y], index) => (index === 0 ? context.moveTo(x, y) : context.lineTo(x, y)))
  context.stroke()
}
