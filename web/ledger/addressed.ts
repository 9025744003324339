import { type Bytes, fromBase64, toBase64 } from '#shared/ledger/bytes.ts'
import type { Checkpoint } from '#shared/ledger/checkpoint.ts'
import { HASH } from '#shared/ledger/merkle.ts'

/** What an address says that somebody saw: an act or a leaf, and a checkpoint. */
export interface Addressed {
  act: number | undefined
  /** The place of a leaf. */
  leaf: number | undefined
  seen: { size: number; root: Bytes } | undefined
}

export function readAddress(query: string): Addressed {
  const asked = new URLSearchParams(query)
  const size = Number(asked.get('size') ?? NaN)
  const root = rootIn(asked.get('root') ?? '')
  const act = Number(asked.get('act') ?? NaN)
  const leaf = Number(asked.get('leaf') ?? NaN)
  const isSeen = Number.isSafeInteger(size) && size > 0 && root?.length === HASH
  return {
    act: Number.isSafeInteger(act) && act > 0 ? act : undefined,
    leaf: Number.isSafeInteger(leaf) && leaf >= 0 ? leaf : undefined,
    seen: isSeen ? { size, root } : undefined,
  }
}

function rootIn(text: string): Bytes | undefined {
  const plain = text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '')
  return fromBase64(plain.padEnd(Math.ceil(plain.length / 4) * 4, '='))
}

/** For a picture of a wall, or a paper: whoever opens it later is told whether that still holds. */
export function addressOf(
  origin: string,
  { size, root }: Pick<Checkpoint, 'size' | 'root'>,
  act?: number,
  leaf?: number,
): string {
  // Unpadded: a code of fewer letters is read from further away.
  const seen = toBase64(root).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
  const asked = new URLSearchParams({
    ...(act !== undefined && { act: String(act) }),
    ...(leaf !== undefined && { leaf: String(leaf) }),
    size: String(size),
    root: seen,
  })
  return `${origin}/ledger?${asked}`
}
