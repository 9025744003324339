import { type Caption, pictureName } from './picture.ts'
import { whileSharp } from './sharp-canvas.ts'

const RATIO = 2
const EDGE = 24
const LINE = 18

/** Downloads a chart as a PNG on paper, at twice the page's fineness, with title, place and age. */
export async function savePicture(source: HTMLCanvasElement, caption: Caption): Promise<void> {
  const picture = document.createElement('canvas')
  whileSharp(source, RATIO, () => paint(picture, source, caption))
  const blob = await new Promise<Blob | null>((resolve) => picture.toBlob(resolve, 'image/png'))
  if (!blob) throw new Error('The picture is larger than this browser can make.')
  const href = URL.createObjectURL(blob)
  Object.assign(document.createElement('a'), { href, download: pictureName(caption) }).click()
  URL.revokeObjectURL(href)
}

function paint(picture: HTMLCanvasElement, source: HTMLCanvasElement, caption: Caption): void {
  const { clientWidth: width, clientHeight: height } = source
  const foot = [caption.notes.join(' · '), caption.age].filter((line) => line !== '')
  const top = EDGE + 2 * LINE + 12
  picture.width = RATIO * (width + 2 * EDGE)
  picture.height = RATIO * (top + height + foot.length * LINE + EDGE + 8)
  const context = picture.getContext('2d')!
  const style = getComputedStyle(source)
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
  context.drawImage(source, EDGE, top, width, height)
  foot.forEach((line, i) => write(line, top + height + 8 + i * LINE, '400 12px', '--ink-3'))
}

function colorOf(element: HTMLElement, property: string): string {
  const probe = element.parentElement!.appendChild(document.createElement('i'))
  probe.style.color = `var(${property})`
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}
