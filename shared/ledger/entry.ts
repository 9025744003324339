import { textOf, toHex } from './bytes.ts'

/**
 * What a leaf is of. `act`: an act as it was sealed, its texts as commitments; `sealed`: the hash of one that is
 * not everybody's to read; `key`: the log's key, the first one and each that follows it; `screen`: what walls showed.
 */
export type LeafType =
  'act' | 'sealed' | 'key' | 'policy' | 'definition' | 'sheet' | 'revision' | 'screen'

/** A leaf as everybody reads it: RFC 8785 JSON, in UTF-8. */
export interface Entry {
  /** ISO; by the database's clock, under the lock that gives the place. */
  at: string
  index: number
  /** Of the leaf before it, in hexadecimal: whoever changes one changes all that follow. Null of the first. */
  previous: string | null
  type: LeafType
  what: Record<string, unknown>
}

/** Undefined: it is no leaf of such a log. */
export function readEntry(bytes: Uint8Array): Entry | undefined {
  try {
    const entry = JSON.parse(textOf(bytes)) as Partial<Entry> | null
    return isEntry(entry) ? entry : undefined
  } catch {
    return undefined
  }
}

function isEntry(entry: Partial<Entry> | null): entry is Entry {
  const { at, index, previous, type, what } = entry ?? {}
  return (
    typeof at === 'string' &&
    !Number.isNaN(Date.parse(at)) &&
    Number.isSafeInteger(index) &&
    (previous === null || typeof previous === 'string') &&
    typeof type === 'string' &&
    typeof what === 'object' &&
    what !== null
  )
}

/** As it stands in the entry that follows. */
export const linkOf = (leaf: Uint8Array | undefined): string | null => (leaf ? toHex(leaf) : null)
