import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromBase64, toBase64, utf8 } from '#shared/ledger/bytes.ts'
import { leafHash, rootOf } from '#shared/ledger/merkle.ts'
import { isConsistent, isIncluded } from '#shared/ledger/proof.ts'
import { proveConsistency, proveInclusion, type ReadTile } from '#shared/ledger/prove.ts'
import { append, emptyRange, rootOfRange } from '#shared/ledger/range.ts'
import { sha256 } from '#shared/ledger/sha256.ts'
import { entriesIn, tileOf, tilePath, widthOf } from '#shared/ledger/tile.ts'

const log = Array.from({ length: 700 }, (_, index) => leafHash(utf8(`leaf ${index}`)))
const roots = rootsOf(log)

/** As a server keeps them: hashes of leaves, and above them those of whole tiles. */
const readTile: ReadTile = async ({ level, index, width }) => {
  const span = 256 ** (level as number)
  const hashes = Array.from({ length: width }, (_, i) => {
    const start = (index * 256 + i) * span
    return rootOf(log.slice(start, start + span))
  })
  return Buffer.concat(hashes)
}

function rootsOf(leaves: readonly Uint8Array[]): Uint8Array[] {
  const range = emptyRange()
  return [rootOfRange(range), ...leaves.map((leaf) => (append(range, leaf), rootOfRange(range)))]
}

const sizes = fc
  .tuple(fc.integer({ min: 1, max: 700 }), fc.nat())
  .map(([size, n]) => ({ size, n: n % size }))

/**
 * Some sizes share the shape of a path, so that one of them in the place of another is seen by nothing but the root.
 * What is signed is a size with its root: a proof holds for that of no other size.
 */
const otherSizes = (size: number): number[] =>
  [size - 1, size + 1, size ^ 1, size * 2, 700].filter(
    (other) => other !== size && other > 0 && other <= 700,
  )

/** The same bytes with one bit another. */
function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const other = Uint8Array.from(bytes)
  other[(bit >> 3) % other.length]! ^= 1 << (bit & 7)
  return other
}

test('SHA-256 is SHA-256', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(Buffer.from(sha256(bytes))).toEqual(createHash('sha256').update(bytes).digest())
    }),
  )
})

test('appending makes the roots that hashing everything makes', () => {
  for (const [size, root] of roots.entries()) {
    if (size % 23 === 0 || size < 40) expect(root).toEqual(rootOf(log.slice(0, size)))
  }
})

test('every leaf is proven to be in every log that has it, and no single bit may be another', async () => {
  await fc.assert(
    fc.asyncProperty(sizes, fc.nat(), fc.nat(), async ({ size, n: index }, bit, at) => {
      const proof = await proveInclusion(readTile, { index, size })
      const right = { index, size, leaf: log[index]!, root: roots[size]!, proof }
      expect(isIncluded(right)).toBe(true)

      expect(isIncluded({ ...right, leaf: flipped(right.leaf, bit) })).toBe(false)
      expect(isIncluded({ ...right, root: flipped(right.root, bit) })).toBe(false)
      expect(isIncluded({ ...right, proof: proof.slice(1) })).toBe(proof.length === 0)
      expect(isIncluded({ ...right, proof: [...proof, right.root] })).toBe(false)
      for (let power = 1; power < 1024; power *= 2) {
        expect(isIncluded({ ...right, index: index ^ power })).toBe(false)
      }
      for (const other of otherSizes(size)) {
        expect(isIncluded({ ...right, size: other, root: roots[other]! })).toBe(false)
      }
      if (proof.length === 0) return
      const changed = proof.with(at % proof.length, flipped(proof[at % proof.length]!, bit))
      expect(isIncluded({ ...right, proof: changed })).toBe(false)
    }),
  )
})

test('every log is proven to begin with every log that it was, and no single bit may be another', async () => {
  await fc.assert(
    fc.asyncProperty(sizes, fc.nat(), fc.nat(), async ({ size: to, n }, bit, at) => {
      const from = n + 1
      const proof = await proveConsistency(readTile, { from, to })
      const right = { from, to, oldRoot: roots[from]!, newRoot: roots[to]!, proof }
      expect(isConsistent(right)).toBe(true)

      expect(isConsistent({ ...right, oldRoot: flipped(right.oldRoot, bit) })).toBe(false)
      expect(isConsistent({ ...right, newRoot: flipped(right.newRoot, bit) })).toBe(false)
      expect(isConsistent({ ...right, proof: [...proof, right.newRoot] })).toBe(false)
      for (const other of otherSizes(to)) {
        expect(isConsistent({ ...right, to: other, newRoot: roots[other]! })).toBe(false)
      }
      for (const other of otherSizes(from)) {
        expect(isConsistent({ ...right, from: other, oldRoot: roots[other]! })).toBe(false)
      }
      if (proof.length === 0) return
      expect(isConsistent({ ...right, proof: proof.slice(1) })).toBe(false)
      const changed = proof.with(at % proof.length, flipped(proof[at % proof.length]!, bit))
      expect(isConsistent({ ...right, proof: changed })).toBe(false)
      expect(isConsistent({ ...right, from: 0 })).toBe(false)
    }),
  )
})

test('a tile has one path, and a log of 70,000 leaves the tiles that the specification says', () => {
  expect(tilePath({ level: 0, index: 1_234_067, width: 256 })).toBe('tile/0/x001/x234/067')
  expect(tileOf('tile/entries/x001/000.p/7')).toEqual({ level: 'entries', index: 1000, width: 7 })
  for (const path of [
    'tile/00/000',
    'tile/0/x000/001',
    'tile/0/1',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000/',
  ]) {
    expect(tileOf(path), path).toBe(undefined)
  }
  const width = (level: number, index: number) => widthOf({ level, index }, 70_000)
  expect([width(0, 272), width(0, 273), width(0, 274)]).toEqual([256, 112, 0])
  expect([width(1, 0), width(1, 1), width(2, 0), width(3, 0)]).toEqual([256, 17, 1, 0])
})

test('a bundle that is cut off is refused', () => {
  const bundle = Uint8Array.of(0, 1, 65, 0, 2, 66, 67)
  expect(entriesIn(bundle).map((entry) => Buffer.from(entry).toString())).toEqual(['A', 'BC'])
  for (const length of [1, 2, 4, 5, 6]) {
    expect(() => entriesIn(bundle.subarray(0, length)), String(length)).toThrow('cut off')
  }
})

test('base64 is read in the one way in which it is written', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
      expect(fromBase64(toBase64(bytes))).toEqual(bytes)
    }),
  )
  for (const text of ['AA', 'AA=', 'AB==', ' AA==', 'AA==\n', 'A-_A', 'AAAA=']) {
    expect(fromBase64(text), text).toBe(undefined)
  }
})
