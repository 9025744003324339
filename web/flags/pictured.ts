import { pictureOf } from '../evidence/picture-of.ts'
import { sendFile } from './send.ts'

const PATIENCE = 8_000

/** The chart in whose panel an element stands. */
export const chartBy = (element: Element | null): Element | undefined =>
  element?.closest('article, section')?.querySelector('canvas') ?? undefined

/** Keeps a picture of a chart; its hash, or undefined where there is none. */
export async function pictured(chart: Element): Promise<string | undefined> {
  const picture = await pictureOf(chart)
  if (!picture) return undefined
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE))
  // A flag without its picture is better than none.
  const kept = await Promise.race([sendFile(picture, { kind: 'picture' }), late]).catch(
    () => undefined,
  )
  return kept?.hash
}
