import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readCheckpoint } from '#shared/ledger/checkpoint.ts'
import { readVerifier, signatureBy } from '#shared/ledger/key.ts'
import { leafHash } from '#shared/ledger/merkle.ts'
import { isConsistent, isConsistentSubtree, isIncluded, isInSubtree } from '#shared/ledger/proof.ts'
import { readLog } from '#shared/ledger/read-log.ts'
import { append, emptyRange, rootOfRange } from '#shared/ledger/range.ts'
import { toHex } from '#shared/ledger/bytes.ts'
import { tilePath } from '#shared/ledger/tile.ts'

const FOLDER = path.resolve('../shared/data/merkle')
const isThere = existsSync(FOLDER)
if (!isThere) console.warn('Vectors of other logs are skipped: ../shared/data/merkle is not there.')

/** Leaves and roots of the reference implementation of RFC 6962 (transparency-dev/merkle, Apache-2.0). */
const leaves = [
  ...['', '00', '10', '2021', '3031', '40414243', '5051525354555657'],
  '606162636465666768696a6b6c6d6e6f',
]
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

test('roots are those of the reference implementation of RFC 6962', () => {
  const range = emptyRange()
  for (const [size, root] of roots.entries()) {
    expect(toHex(rootOfRange(range))).toBe(root)
    append(range, leafHash(Buffer.from(leaves[size] ?? '', 'hex')))
  }
})

test.skipIf(!isThere)('its leaves and roots are all there, as its file has them', () => {
  const file = path.join(FOLDER, 'rfc6962_reference_leaves_and_roots.json')
  const { leaf_inputs_hex: told, root_hash_hex_by_tree_size: known } = JSON.parse(
    readFileSync(file, 'utf8'),
  ) as Record<string, string[]>
  expect([leaves, roots]).toEqual([told, known])
  expect([leaves.length, roots.length]).toEqual([8, 9])
})

test.skipIf(!isThere)(
  'every vector of transparency-dev/merkle is taken or refused as it must be',
  () => {
    const folder = path.join(FOLDER, 'transparency-dev-merkle/testdata')
    const counted = { taken: 0, refused: 0 }
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.json')) continue
      const vector = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Vector
      const isTaken = verdictOn(file.split(path.sep)[0]!, vector)
      expect(isTaken, `${file}: ${vector.desc}`).toBe(!vector.wantErr)
      counted[isTaken ? 'taken' : 'refused']++
    }
    expect(counted).toEqual({ taken: 36, refused: 482 })
  },
)

test.skipIf(!isThere)(
  'a log of another program is read, and its 16 checkpoints are of it',
  async () => {
    const folder = path.join(FOLDER, 'tessera-log')
    const key = readVerifier(
      /^Verifier key.*: (\S+)$/m.exec(readFileSync(`${folder}/README.txt`, 'utf8'))![1]!,
    )!
    const file = (name: string) => readFileSync(`${folder}/testdata/log/${name}`)
    const kept = Array.from({ length: 16 }, (_, n) =>
      readCheckpoint(file(`checkpoint.${n}`).toString())!,
    )
    const reader = {
      checkpoint: async () => file('checkpoint').toString(),
      tile: async (name: Parameters<typeof tilePath>[0]) => file(tilePath(name)),
    }

    const { checkpoint } = await readLog(reader, { key, kept, isForeign: true })

    expect(checkpoint.size).toBe(15)
    expect(await Promise.all(kept.map(({ note }) => signatureBy(note, key)))).toEqual(
      kept.map(() => 'right'),
    )
  },
)

interface Vector {
  leafIdx: number
  treeSize: number
  start: number
  end: number
  size: number
  size1: number
  size2: number
  root: string
  root1: string
  root2: string
  leafHash: string
  proof: string[] | null
  desc: string
  wantErr: boolean
}

function verdictOn(kind: string, vector: Vector): boolean {
  const proof = (vector.proof ?? []).map(bytes)
  const { start, end, leafIdx: index, size } = vector
  const leaf = { index, leaf: bytes(vector.leafHash), root: bytes(vector.root), proof }
  if (kind === 'inclusion') return isIncluded({ ...leaf, size: vector.treeSize })
  if (kind === 'subtreeinclusion') return isInSubtree({ ...leaf, start, end })
  const [before, after] = [bytes(vector.root1), bytes(vector.root2)]
  if (kind === 'subtreeconsistency') {
    return isConsistentSubtree({ start, end, size, subtree: before, root: after, proof })
  }
  const { size1: from, size2: to } = vector
  return isConsistent({ from, to, oldRoot: before, newRoot: after, proof })
}

const bytes = (base64: string | undefined): Uint8Array => Buffer.from(base64 ?? '', 'base64')
