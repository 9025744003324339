import { HASH, rootOf } from './merkle.ts'
import type { Node } from './path.ts'

/** Hashes of a whole tile, and the levels of the tree that it stands for (C2SP tlog-tiles). */
export const TILE = 256
const HEIGHT = 8

/** `level` in tiles; 'entries' is what was hashed to level 0. */
export interface TileName {
  level: number | 'entries'
  index: number
  /** How many hashes or entries it has. */
  width: number
}

/** `tile/0/x001/x234/067.p/12`, which lies behind the log's own address. */
export function tilePath({ level, index, width }: TileName): string {
  const digits = String(index).padStart(Math.ceil(String(index).length / 3) * 3, '0')
  const parts = digits.match(/\d{3}/g)!
  const name = parts.map((part, i) => (i < parts.length - 1 ? `x${part}` : part)).join('/')
  return `tile/${level}/${name}${width === TILE ? '' : `.p/${width}`}`
}

const PATH = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/

/** Undefined: no tile is called so. Each has one path. */
export function tileOf(path: string): TileName | undefined {
  const [, level, digits, width] = PATH.exec(path) ?? []
  if (level === undefined || digits === undefined) return undefined
  const name: TileName = {
    level: level === 'entries' ? level : Number(level),
    index: Number(digits.replace(/[x/]/g, '')),
    width: width === undefined ? TILE : Number(width),
  }
  return name.index <= Number.MAX_SAFE_INTEGER && tilePath(name) === path ? name : undefined
}

/** How many hashes the tile has in a log of `size` leaves; 0: it has no such tile. */
export function widthOf({ level, index }: Pick<TileName, 'level' | 'index'>, size: number): number {
  const hashes = Math.floor(size / TILE ** (level === 'entries' ? 0 : level))
  return Math.max(0, Math.min(TILE, hashes - index * TILE))
}

/** Where in which tile the hashes lie that make a node. */
export function placeOf({ level, index }: Node) {
  const tileLevel = Math.floor(level / HEIGHT)
  const width = 2 ** (level % HEIGHT)
  const first = index * width
  return { level: tileLevel, index: Math.floor(first / TILE), first: first % TILE, count: width }
}

/** The hashes of a tile. */
export function hashesOf(tile: Uint8Array): Uint8Array[] {
  return Array.from({ length: Math.floor(tile.length / HASH) }, (_, i) =>
    tile.subarray(i * HASH, (i + 1) * HASH),
  )
}

/** The hash of a node, out of the tile that `placeOf` names. */
export function nodeIn(tile: Uint8Array, { first, count }: { first: number; count: number }) {
  return rootOf(hashesOf(tile.subarray(first * HASH, (first + count) * HASH)))
}

/** Entries one after the other, each after its length in two bytes; throws where they are cut off. */
export function entriesIn(bundle: Uint8Array): Uint8Array[] {
  const entries: Uint8Array[] = []
  for (let at = 0; at < bundle.length;) {
    const length = bundle[at]! * 256 + (bundle[at + 1] ?? NaN)
    const end = at + 2 + length
    if (!(end <= bundle.length)) throw new Error('a bundle of entries is cut off')
    entries.push(bundle.subarray(at + 2, end))
    at = end
  }
  return entries
}
