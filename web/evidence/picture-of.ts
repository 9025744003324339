/** Bytes that the server takes. */
const LARGEST = 2 ** 20

/**
 * A PNG of the chart in an element, on the paper it stands on; undefined where there is none, as on a tile.
 * One that would be too large is made smaller.
 */
export async function pictureOf(element: Element): Promise<Blob | undefined> {
  const chart = element instanceof HTMLCanvasElement ? element : element.querySelector('canvas')
  if (!chart || chart.width === 0 || chart.height === 0) return undefined
  for (let scale = 1; scale > 0.1; scale /= 2) {
    const picture = await drawn(chart, scale)
    if (picture && picture.size <= LARGEST) return picture
  }
  return undefined
}

function drawn(chart: HTMLCanvasElement, scale: number): Promise<Blob | null> {
  const copy = document.createElement('canvas')
  copy.width = Math.max(1, Math.round(chart.width * scale))
  copy.height = Math.max(1, Math.round(chart.height * scale))
  const context = copy.getContext('2d')!
  context.fillStyle = groundUnder(chart)
  context.fillRect(0, 0, copy.width, copy.height)
  context.drawImage(chart, 0, 0, copy.width, copy.height)
  return new Promise((resolve) => copy.toBlob(resolve, 'image/png'))
}

/** The colour that is seen through a chart. */
function groundUnder(element: Element | null): string {
  for (let at = element; at; at = at.parentElement) {
    const { backgroundColor } = getComputedStyle(at)
    if (!/^(transparent|rgba\(0, 0, 0, 0\))$/.test(backgroundColor)) return backgroundColor
  }
  return 'Canvas'
}
