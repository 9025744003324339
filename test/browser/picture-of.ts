import type { Page } from 'playwright-core'
import { buffer } from 'node:stream/consumers'

const asked = ['--ink', '--bar', '--bar-strong', '--overdue', '--series-1'] as const

interface Picture {
  name: string
  width: number
  height: number
  /** How many pixels have exactly the colour that the page gives a custom property. */
  colors: Record<(typeof asked)[number], number>
}

/** What is in the PNG that a press downloads. */
export async function pictureOf(page: Page, press: () => Promise<void>): Promise<Picture> {
  const [download] = await Promise.all([page.waitForEvent('download'), press()])
  const png = await buffer(await download.createReadStream())
  const counted = (await page.evaluate(`(async () => {
    const bytes = Uint8Array.from(atob('${png.toString('base64')}'), (letter) => letter.charCodeAt(0))
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const { width, height } = image
    const context = new OffscreenCanvas(width, height).getContext('2d')
    context.drawImage(image, 0, 0)
    const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer)
    const colors = ${JSON.stringify(asked)}.map((name) => {
      const probe = document.body.appendChild(document.createElement('i'))
      probe.style.color = 'var(' + name + ')'
      context.fillStyle = getComputedStyle(probe).color
      probe.remove()
      context.fillRect(0, 0, 1, 1)
      const [color] = new Uint32Array(context.getImageData(0, 0, 1, 1).data.buffer)
      return [name, pixels.filter((pixel) => pixel === color).length]
    })
    return { width, height, colors: Object.fromEntries(colors) }
  })()`)) as Omit<Picture, 'name'>
  return { name: download.suggestedFilename(), ...counted }
}
