import { paintElement } from './paint-element.ts'
import { type Caption, pictureName } from './picture.ts'
import { whileSharp } from './sharp-canvas.ts'

const RATIO = 2
const EDGE = 24
const LINE = 18

/**
 * Downloads a chart as a PNG on paper, at twice the page's fineness, with title, place and age: the one canvas
 * of an element, else all that the element shows, as where a legend stands beside the canvas.
 */
export async function savePicture(shown: HTMLElement, caption: Caption): Promise<void> {
  const canvases = [...shown.querySelectorAll('canvas')]
  const isAlone = canvases.length === 1 && !shown.querySelector('[data-legend]')
  const source = isAlone ? canvases[0]! : shown
  const picture = document.createElement('canvas')
  const draw = () => paint(picture, source, caption)
  canvases.reduce((next, canvas) => () => whileSharp(canvas, RATIO, next), draw)()
  const blob = await new Promise<Blob | null>((resolve) => picture.toBlob(resolve, 'image/png'))
  if (!blob) throw new Error('The picture is larger than this browser can make.')
  const href = URL.createObjectURL(blob)
  Object.assign(document.createElement('a'), { href, download: pictureName(caption) }).click()
  URL.revokeObjectURL(href)
}

function paint(picture: HTMLCanvasElement, source: HTMLElement, caption: Caption): void {
  const { clientWidth: width, clientHeight: height } = source
  const style = getComputedStyle(source)
  const foot = footOf(caption, { width, family: style.fontFamily })
  const top = EDGE + 2 * LINE + 12
  picture.width = RATIO * (width + 2 * EDGE)
  picture.height = RATIO * (top + height + foot.length * LINE + EDGE + 8)
  const context = picture.getContext('2d')!
  const color = (name: string) => colorOf(source, name)
  const write = (text: string, y: number, font: string, ink: string) => {
    context.font = `${font} ${style.fontFamily}`
    context.fillStyle = color(ink)
    context.fillText(text, isRtl ? width + EDGE : EDGE, y, width)
  }
  const isRtl = document.documentElement.dir === 'rtl'
  context.scale(RATIO, RATIO)
  context.fillStyle = color('--paper')
  context.fillRect(0, 0, picture.width, picture.height)
  context.direction = isRtl ? 'rtl' : 'ltr'
  context.textBaseline = 'top'
  write(caption.title, EDGE, '600 15px', '--ink')
  write(caption.place, EDGE + LINE + 4, '400 12px', '--ink-2')
  paintShown(context, source, top)
  foot.forEach((line, i) => write(line, top + height + 8 + i * LINE, '400 12px', '--ink-3'))
}

/** Notes beside each other as long as there is room, and the age on a line of its own. */
function footOf({ notes, age }: Caption, { width, family }: { width: number; family: string }) {
  const context = document.createElement('canvas').getContext('2d')!
  context.font = `400 12px ${family}`
  const lines: string[] = []
  for (const note of notes) {
    const longer = [lines.at(-1), note].filter(Boolean).join(' · ')
    const hasRoom = lines.length > 0 && context.measureText(longer).width <= width
    lines.splice(hasRoom ? -1 : lines.length, 1, hasRoom ? longer : note)
  }
  return [...lines, age].filter((line) => line !== '')
}

function paintShown(context: CanvasRenderingContext2D, source: HTMLElement, top: number): void {
  const { clientWidth: width, clientHeight: height } = source
  if (source instanceof HTMLCanvasElement)
    return context.drawImage(source, EDGE, top, width, height)
  context.save()
  context.translate(EDGE, top)
  paintElement(context, source)
  context.restore()
}

function colorOf(element: HTMLElement, property: string): string {
  const probe = element.parentElement!.appendChild(document.createElement('i'))
  probe.style.color = `var(${property})`
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}
