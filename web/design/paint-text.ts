/** Whose letters stand alone: each is painted at its own place, as wide as the page has made it. */
const APART = /^[\p{N}\p{P}\p{S}\p{Zs}A-Za-z]*$/u
const CUT = '…'

interface Letter {
  text: string
  box: DOMRect
}

/** Paints the words of a text node where the page has put them; `edge` cuts them, and says that it does. */
export function paintText(
  context: CanvasRenderingContext2D,
  node: Text,
  { style, edge }: { style: CSSStyleDeclaration; edge: DOMRect | undefined },
): void {
  context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`
  context.fillStyle = style.color
  context.direction = style.direction === 'rtl' ? 'rtl' : 'ltr'
  context.textBaseline = 'alphabetic'
  context.textAlign = 'left'
  for (const line of linesOf(node)) paintLine(context, edge ? within(context, line, edge) : line)
}

function paintLine(context: CanvasRenderingContext2D, line: readonly Letter[]): void {
  const text = line.map((letter) => letter.text).join('')
  const pieces = APART.test(text) ? line : [{ text, box: leftmost(line) }]
  for (const { text, box } of pieces) {
    const {
      width,
      fontBoundingBoxAscent: up,
      fontBoundingBoxDescent: down,
    } = context.measureText(text)
    // A tabular figure stands in the middle of its place, for which a canvas has no word.
    const inset = /^\d$/.test(text) ? (box.width - width) / 2 : 0
    context.fillText(text, box.left + inset, box.top + (box.height - up - down) / 2 + up)
  }
}

const leftmost = (line: readonly Letter[]): DOMRect =>
  line.map(({ box }) => box).reduce((one, other) => (other.left < one.left ? other : one))

/** Letters that stand on one line of the page, in their order. */
function linesOf(node: Text): Letter[][] {
  const lines: Letter[][] = []
  for (const letter of lettersOf(node)) {
    const last = lines.at(-1)
    const isSame = last && Math.abs(last[0]!.box.top - letter.box.top) < 2
    if (isSame) last.push(letter)
    else lines.push([letter])
  }
  return lines
}

/** Of what the page shows: white space that it leaves out has no box. */
function lettersOf(node: Text): Letter[] {
  const range = document.createRange()
  let at = 0
  return [...node.data].flatMap((text) => {
    range.setStart(node, at)
    range.setEnd(node, (at += text.length))
    const [box] = range.getClientRects()
    return box && box.width > 0 ? [{ text, box }] : []
  })
}

function within(
  context: CanvasRenderingContext2D,
  line: readonly Letter[],
  { left, right }: DOMRect,
): readonly Letter[] {
  if (line.every(({ box }) => box.left >= left - 1 && box.right <= right + 1)) return line
  const room = context.measureText(CUT).width
  const isRtl = context.direction === 'rtl'
  const kept = line.filter(({ box }) =>
    isRtl ? box.left >= left + room : box.right <= right - room,
  )
  const last = kept.at(-1)?.box
  if (!last) return []
  const place = isRtl ? last.left - room : last.right
  return [...kept, { text: CUT, box: new DOMRect(place, last.top, room, last.height) }]
}
