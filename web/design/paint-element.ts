import { paintText } from './paint-text.ts'

type Painter = CanvasRenderingContext2D

/**
 * Paints an element and all in it as the page shows it: words, grounds, rules, stripes, lines and canvases,
 * which is what our charts in HTML are made of. What is only to be pressed is left out.
 */
export function paintElement(context: Painter, root: HTMLElement): void {
  const { left, top } = root.getBoundingClientRect()
  context.save()
  context.translate(-left, -top)
  paint(context, root, undefined)
  context.restore()
}

function paint(context: Painter, element: Element, edge: DOMRect | undefined): void {
  const style = getComputedStyle(element)
  if (isUnseen(element, style)) return
  const box = element.getBoundingClientRect()
  context.save()
  context.globalAlpha *= Number(style.opacity)
  if (element instanceof SVGSVGElement) paintLines(context, element)
  else if (element instanceof HTMLCanvasElement)
    context.drawImage(element, box.left, box.top, box.width, box.height)
  else {
    paintBox(context, box, style)
    for (const pseudo of ['::before', '::after']) paintPseudo(context, element, { box, pseudo })
    const cut = style.textOverflow === 'ellipsis' ? box : edge
    for (const child of element.childNodes) {
      if (child instanceof Element) paint(context, child, cut)
      else if (child instanceof Text) paintText(context, child, { style, edge: cut })
    }
  }
  context.restore()
}

/** Signs of buttons are to be pressed, and so are buttons that stand for no row, and what says it of itself. */
function isUnseen(element: Element, style: CSSStyleDeclaration): boolean {
  if (style.display === 'none' || style.visibility !== 'visible') return true
  if (Number(style.opacity) === 0 || style.clipPath !== 'none') return true
  if (element.hasAttribute('data-unpictured')) return true
  if (element instanceof SVGElement) return element.closest('button, a, summary') !== null
  return element.matches('button') && element.closest('table, li, p, h3') === null
}

function paintBox(context: Painter, box: DOMRect, style: CSSStyleDeclaration): void {
  const { left, top, right, bottom, width, height } = box
  if (width === 0 && height === 0) return
  context.save()
  context.beginPath()
  context.roundRect(left, top, width, height, radiusOf(style.borderRadius, box))
  context.fillStyle = style.backgroundColor
  context.fill()
  context.clip()
  const stripes = readStripes(style.backgroundImage)
  if (stripes) paintStripes(context, box, stripes)
  if (style.borderRadius === '50%') paintRing(context, box, style)
  context.restore()
  if (style.borderRadius === '50%') return
  const rule = (side: 'Top' | 'Right' | 'Bottom' | 'Left', x: number, y: number, length: number) =>
    paintRule(context, { x, y, length, side, style })
  rule('Top', left, top, width)
  rule('Bottom', left, bottom, width)
  rule('Left', left, top, height)
  rule('Right', right, top, height)
}

interface Rule {
  x: number
  y: number
  length: number
  side: 'Top' | 'Right' | 'Bottom' | 'Left'
  style: CSSStyleDeclaration
}

function paintRule(context: Painter, { x, y, length, side, style }: Rule): void {
  const width = parseFloat(style[`border${side}Width`])
  const line = style[`border${side}Style`]
  if (!(width > 0) || line === 'none' || line === 'hidden') return
  const inwards = side === 'Bottom' || side === 'Right' ? -width / 2 : width / 2
  const isFlat = side === 'Top' || side === 'Bottom'
  const [startX, startY] = isFlat ? [x, y + inwards] : [x + inwards, y]
  context.save()
  context.strokeStyle = style[`border${side}Color`]
  context.lineWidth = width
  if (line === 'dashed') context.setLineDash([2 * width, 2 * width])
  context.beginPath()
  context.moveTo(startX, startY)
  context.lineTo(isFlat ? startX + length : startX, isFlat ? startY : startY + length)
  context.stroke()
  context.restore()
}

/** The border of a dot, inside of it. */
function paintRing(context: Painter, box: DOMRect, style: CSSStyleDeclaration): void {
  const width = parseFloat(style.borderTopWidth)
  if (!(width > 0)) return
  context.strokeStyle = style.borderTopColor
  context.lineWidth = 2 * width
  context.stroke()
}

/** What a stylesheet adds to an element, where it has a place of its own in it. */
function paintPseudo(
  context: Painter,
  element: Element,
  { box, pseudo }: { box: DOMRect; pseudo: string },
): void {
  const style = getComputedStyle(element, pseudo)
  if (style.content === 'none' || style.position !== 'absolute') return
  const [left, top, width, height] = [style.left, style.top, style.width, style.height].map(
    parseFloat,
  ) as [number, number, number, number]
  const x = box.left + element.clientLeft + left
  const y = box.top + element.clientTop + top
  paintBox(context, new DOMRect(x, y, width, height), style)
}

interface Stripes {
  degrees: number
  colors: readonly [on: string, off: string]
  /** In pixels: of the coloured part, and of both. */
  on: number
  period: number
}

/** Of `repeating-linear-gradient(135deg, COLOR 0px 2px, COLOR 2px 4px)`, as browsers write it out. */
export function readStripes(image: string): Stripes | undefined {
  if (!image.startsWith('repeating-linear-gradient')) return undefined
  const degrees = Number(/([\d.]+)deg/.exec(image)?.[1] ?? 180)
  const colors = image.match(/\b(?:rgba?|oklch|oklab|color)\([^)]*\)|transparent/g) ?? []
  const lengths = Array.from(image.matchAll(/([\d.]+)px/g), ([, length]) => Number(length))
  const [on, period] = [lengths.find((length) => length > 0), Math.max(...lengths)]
  const [first, last] = [colors[0], colors.at(-1)]
  return on && first && last ? { degrees, colors: [first, last], on, period } : undefined
}

function paintStripes(context: Painter, box: DOMRect, { degrees, colors, on, period }: Stripes) {
  const reach = Math.hypot(box.width, box.height) / 2
  context.save()
  context.translate(box.left + box.width / 2, box.top + box.height / 2)
  context.rotate(((degrees - 90) * Math.PI) / 180)
  context.fillStyle = colors[1]
  context.fillRect(-reach, -reach, 2 * reach, 2 * reach)
  context.fillStyle = colors[0]
  for (let x = -reach; x < reach; x += period) context.fillRect(x, -reach, on, 2 * reach)
  context.restore()
}

function radiusOf(radius: string, { width, height }: DOMRect): number {
  const most = Math.min(width, height) / 2
  return radius.endsWith('%') ? most : Math.min(most, parseFloat(radius) || 0)
}

/** The paths of a drawing; a line of no length is a dot to the page, and nothing to a canvas. */
function paintLines(context: Painter, svg: SVGSVGElement): void {
  for (const line of svg.querySelectorAll('path')) {
    const style = getComputedStyle(line)
    const matrix = line.getScreenCTM()
    if (!matrix || style.display === 'none') continue
    const path = new Path2D()
    path.addPath(
      new Path2D((line.getAttribute('d') ?? '').replaceAll(/h0(?![\d.])/g, 'h0.01')),
      matrix,
    )
    context.fillStyle = style.fill
    if (style.fill !== 'none') context.fill(path)
    if (style.stroke === 'none') continue
    const scale = style.vectorEffect === 'non-scaling-stroke' ? 1 : Math.hypot(matrix.a, matrix.b)
    context.strokeStyle = style.stroke
    context.lineWidth = parseFloat(style.strokeWidth) * scale
    context.lineCap = style.strokeLinecap as CanvasLineCap
    context.lineJoin = style.strokeLinejoin as CanvasLineJoin
    context.setLineDash((style.strokeDasharray.match(/[\d.]+/g) ?? []).map(Number))
    context.stroke(path)
  }
}
