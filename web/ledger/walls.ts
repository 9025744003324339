import { toHex, utf8 } from '#shared/ledger/bytes.ts'
import { readReceipt } from '#shared/ledger/receipt.ts'
import { readScreenLeaf, type ScreenLeaf } from '#shared/ledger/screen-leaf.ts'
import { sha256 } from '#shared/ledger/sha256.ts'
import type { ViewState } from '#shared/view.ts'
import { askApi, receiptOfLeaf } from './page-reader.ts'

/** What walls showed, out of a leaf whose receipt is right. */
export interface Wall {
  index: number
  /** When it was written, in milliseconds. */
  at: number
  shown: ScreenLeaf
}

/** Just before and just after the log had so many leaves, as far as there are such leaves. */
export async function wallsAround(size: number): Promise<Wall[]> {
  const around = (await askApi(`screens?size=${size}`)) as Around | undefined
  const leaves = [around?.before, around?.after].filter((leaf) => typeof leaf === 'number')
  const walls = await Promise.all(leaves.map((leaf) => wallAt(leaf).catch(() => undefined)))
  return walls.filter((wall) => wall !== undefined)
}

interface Around {
  before: number | null
  after: number | null
}

async function wallAt(leaf: number): Promise<Wall | undefined> {
  const { entry } = await readReceipt(await receiptOfLeaf(leaf))
  const shown = readScreenLeaf(entry.what)
  return shown && { index: entry.index, at: Date.parse(entry.at), shown }
}

export type SceneVerdict = 'same' | 'other' | 'unanswered'

/** Where the answer to a wall's question at its point of the journal is had. */
export const answerPath = ({ at }: ScreenLeaf, ask: string): string => `view?${ask}&at=${at.join()}`

/** Whether the server answers now, for that moment, what has the fingerprint that the leaf says. */
export async function checkScene(shown: ScreenLeaf, dimension: string): Promise<SceneVerdict> {
  const { ask, sha256: told } = shown.scenes[dimension]!
  const answer = (await askApi(answerPath(shown, ask))) as ViewState | undefined
  if (!answer) return 'unanswered'
  const { columns, rows, totals } = answer
  // Names in their order and nothing but arrays in them: this is its RFC 8785.
  const canonical = JSON.stringify({ columns: columns.map(({ id }) => id), rows, totals })
  return toHex(sha256(utf8(canonical))) === told ? 'same' : 'other'
}
