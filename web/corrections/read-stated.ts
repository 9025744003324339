import type { Stated } from './fields.ts'

/** A draft keeps words: what was stated is one of them, as JSON. Of anything else nothing is known. */
export function readStated(text: string): Stated {
  try {
    return JSON.parse(text) as Stated
  } catch {
    return {}
  }
}
