const painters = new WeakMap<HTMLCanvasElement, (ratio: number) => void>()

/** Tells how a canvas is painted with so many of its pixels to one of the page's. */
export function paintedBy(canvas: HTMLCanvasElement, paint: (ratio: number) => void): void {
  painters.set(canvas, paint)
}

/** Uses a canvas while it is painted at least `ratio` fine; the screen gets its own fineness back. */
export function whileSharp(canvas: HTMLCanvasElement, ratio: number, use: () => void): void {
  const paint = devicePixelRatio < ratio ? painters.get(canvas) : undefined
  paint?.(ratio)
  try {
    use()
  } finally {
    paint?.(devicePixelRatio)
  }
}
