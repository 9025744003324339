/**
 * Fonts come from npm as WOFF2, whose weight is a variable. The part of fontkit by which pdfkit writes the glyphs
 * that a document uses reads neither such outlines nor weights, so they are written here, as TrueType has them.
 */
interface Point {
  onCurve: boolean
  endContour: boolean
  x: number
  y: number
  copy(): Point
}

interface Glyph {
  advanceWidth: number
  path: { commands: readonly { command: string; args: readonly number[] }[] }
  _getMetrics(): { leftBearing: number }
}

interface Outline {
  numberOfContours: number
  points?: Point[]
}

interface Font {
  getGlyph(id: number): Glyph
  _transformedGlyphs: Outline[]
}

/** As pdfkit holds it once it was opened. */
export interface EmbeddedFont {
  font: Font
  subset: {
    font: Font
    glyf: Buffer[]
    offset: number
    loca: { offsets: number[] }
    hmtx: { metrics: { advance: number; bearing: number }[] }
    _addGlyph(id: number): number
  }
}

/** Lets what a document uses of a font be written, at this weight. */
export function writeAtWeight({ font, subset }: EmbeddedFont, weight: number): void {
  const bend = bending(font, weight)
  // Offsets of 32 bits: the font's own table of them is left out of a WOFF2.
  subset.font = Object.create(font, { loca: { value: { version: 1, offsets: [] } } }) as Font
  subset._addGlyph = (id) => {
    const glyph = font.getGlyph(id)
    const body = encoded(pointsOf(font, id, bend))
    subset.glyf.push(body)
    subset.loca.offsets.push(subset.offset)
    const bearing = glyph._getMetrics().leftBearing
    subset.hmtx.metrics.push({ advance: glyph.advanceWidth, bearing })
    subset.offset += body.length
    return subset.glyf.length - 1
  }
}

type Bend = (id: number, points: Point[]) => void

/** Moves points to where they lie at a weight; pdfkit has opened the font at its own. */
function bending(font: Font, weight: number): Bend {
  let of: object = font
  let get: (() => unknown) | undefined
  while (!get) {
    of = Object.getPrototypeOf(of) as object
    get = Object.getOwnPropertyDescriptor(of, '_variationProcessor')?.get
  }
  const atWeight = Object.create(font, { variationCoords: { value: [weight] } }) as Font
  const processor = get.call(atWeight) as { transformPoints: Bend }
  return (id, points) => processor.transformPoints(id, points)
}

function pointsOf(font: Font, id: number, bend: Bend): Point[] {
  const glyph = font.getGlyph(id)
  const path = glyph.path
  const { numberOfContours, points = [] } = font._transformedGlyphs[id]!
  if (numberOfContours < 0) return pointsOfPath(path)
  if (points.length === 0) return []
  const bent = points.map((point) => point.copy())
  // What a font says of a glyph's own sides comes after its points.
  const sides = Array.from({ length: 4 }, () =>
    Object.assign(bent[0]!.copy(), { endContour: true, x: 0, y: 0 }),
  )
  const all = [...bent, ...sides]
  bend(id, all)
  return all.slice(0, bent.length)
}

/** Of a glyph that is made of others. */
function pointsOfPath({ commands }: Glyph['path']): Point[] {
  const points: Point[] = []
  const add = (onCurve: boolean, x: number, y: number) => {
    const point = { onCurve, endContour: false, x, y, copy: () => ({ ...point }) }
    points.push(point)
  }
  for (const { command, args } of commands) {
    if (command === 'closePath' && points.length > 0) points.at(-1)!.endContour = true
    if (command === 'quadraticCurveTo') add(false, args[0]!, args[1]!)
    if (args.length >= 2) add(true, args.at(-2)!, args.at(-1)!)
  }
  return points
}

/** A simple glyph of the table `glyf`; empty where nothing is drawn. */
function encoded(points: readonly Point[]): Buffer {
  if (points.length === 0) return Buffer.alloc(0)
  const at = points.map(({ x, y }) => [Math.round(x), Math.round(y)] as const)
  const [xs, ys] = [at.map(([x]) => x), at.map(([, y]) => y)]
  const ends = points.flatMap(({ endContour }, index) => (endContour ? [index] : []))
  const head = [ends.length, Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
  const flags = points.map(({ onCurve }) => (onCurve ? 1 : 0))
  const steps = [xs, ys].flatMap((all) => all.map((value, index) => value - (all[index - 1] ?? 0)))
  const parts = [words([...head, ...ends, 0]), Buffer.from(flags), words(steps)]
  const body = Buffer.concat(parts)
  return Buffer.concat([body, Buffer.alloc(-body.length & 3)])
}

function words(values: readonly number[]): Buffer {
  const body = Buffer.alloc(2 * values.length)
  for (const [index, value] of values.entries()) body.writeInt16BE(value, 2 * index)
  return body
}
