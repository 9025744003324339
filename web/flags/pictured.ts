import { pictureOf } from '../evidence/picture-of.ts'
import { sendFile } from './send.ts'

const PATIENCE = 8_000

/** Keeps a picture of the chart in whose panel an element stands; its hash, or undefined where there is none. */
export async function pictured(from: Element | null): Promise<string | undefined> {
  const panel = from?.closest('article, section')
  const picture = panel && (await pictureOf(panel))
  if (!picture) return undefined
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE))
  // A flag without its picture is better than none.
  const kept = await Promise.race([sendFile(picture, { kind: 'picture' }), late]).catch(
    () => undefined,
  )
  return kept?.hash
}
