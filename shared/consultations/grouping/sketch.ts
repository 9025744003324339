import { bandsOf } from './bands.ts'
import { plainText } from './plain-text.ts'
import { shinglesOf } from './shingles.ts'

/** What of a text is needed to find those that are nearly the same. */
export interface Sketch {
  /** Texts that are equal here are one text. */
  plain: string
  shingles: Uint32Array
  bands: Uint32Array
}

export function sketchOf(text: string): Sketch {
  const plain = plainText(text)
  const shingles = shinglesOf(plain)
  return { plain, shingles, bands: bandsOf(shingles) }
}
