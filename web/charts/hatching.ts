const known = new WeakMap<
  HTMLCanvasElement,
  { color: string; pattern: CanvasPattern | undefined }
>()

/** Slanted hairlines, to fill what has no value: made once for each colour. */
export function hatching(canvas: HTMLCanvasElement, color: string): CanvasPattern | undefined {
  const made = known.get(canvas)
  if (made?.color === color) return made.pattern
  const pattern = hatch(canvas, color)
  known.set(canvas, { color, pattern })
  return pattern
}

function hatch(canvas: HTMLCanvasElement, color: string): CanvasPattern | undefined {
  const tile = document.createElement('canvas')
  tile.width = tile.height = 6
  const context = tile.getContext('2d')
  if (!context) return undefined
  context.strokeStyle = color
  context.lineWidth = 1
  context.beginPath()
  for (const offset of [-6, 0, 6]) {
    context.moveTo(offset, 6)
    context.lineTo(offset + 6, 0)
  }
  context.stroke()
  return canvas.getContext('2d')?.createPattern(tile, 'repeat') ?? undefined
}
