import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newSigner } from '../../../server/ledger/signer.ts'
import { verify } from '../../../server/verify/verify.ts'
import { toBase64, textOf, utf8 } from '#shared/ledger/bytes.ts'
import { verifierLine } from '#shared/ledger/key.ts'
import { leafHash, rootOf } from '#shared/ledger/merkle.ts'
import { proveInclusion } from '#shared/ledger/prove.ts'
import type { Receipt } from '#shared/ledger/receipt.ts'
import { TILE, tilePath, widthOf } from '#shared/ledger/tile.ts'
import { commitmentOf } from '../../../server/acts/seal.ts'
import {
  entriesOf,
  handing,
  readerOf,
  signedCheckpoint,
  signer,
  type Written,
} from '../../support/ledger.ts'

const SIZE = 301
let root: string
let folders = 0
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'clerestory-verify-'))
})
afterAll(() => rm(root, { recursive: true }))

const said = { salt: '0123', text: 'It is fixed.' }
const deeds = (count: number, kind = 'flag.opened'): Written[] =>
  Array.from({ length: count }, (_, id) => ({
    type: 'act',
    what: { id, kind, texts: { text: { commitment: commitmentOf(said) } } },
  }))

const whole = entriesOf(deeds(SIZE - 1))
const other = newSigner('example.org/ledger')

/** A copy of a log, as another program would make it. */
async function copyOf(entries: Uint8Array[], note = signedCheckpoint(entries)): Promise<string> {
  const folder = path.join(root, String(folders++))
  const reader = readerOf(entries)
  for (const level of ['entries', 0, 1] as const) {
    for (let index = 0; index * TILE < entries.length; index++) {
      const width = widthOf({ level, index }, entries.length)
      if (width === 0) continue
      const file = path.join(folder, tilePath({ level, index, width }))
      await mkdir(path.dirname(file), { recursive: true })
      await writeFile(file, await reader.tile({ level, index, width }))
    }
  }
  await writeFile(path.join(folder, 'checkpoint'), note)
  return folder
}

async function kept(entries: Uint8Array[]): Promise<string> {
  const file = path.join(root, `kept-${folders++}`)
  await writeFile(file, signedCheckpoint(entries))
  return file
}

const ask = (what: string, rest: object = {}) =>
  verify({ what, key: undefined, checkpoints: [], keep: undefined, isForeign: false, ...rest })

test('a whole log is said to be whole, and that it begins with what was kept', async () => {
  const checkpoints = [await kept(whole.slice(0, 100)), await kept(whole)]
  const keep = path.join(root, 'newest')
  const found = await ask(await copyOf(whole), { checkpoints, keep })
  expect(found[0]).toContain('is whole: 301 leaves')
  expect(found).toContain('It begins with the 100 leaves of the checkpoint that was kept.')
  expect(await readFile(keep, 'utf8')).toBe(signedCheckpoint(whole))
})

const edited = utf8(textOf(whole[7]!).replace('opened', 'closed'))
const backwards = entriesOf([...deeds(9), { ...deeds(1)[0]!, at: Date.parse('2026-11-21') }])
/** Where it is made of another size, the checkpoint is of that. */
const sealed = signedCheckpoint(whole)

test.each<[string, Uint8Array[], string | undefined, (number | null)?]>([
  ['edited', whole.with(7, edited), sealed, 7],
  ['removed', [...whole.toSpliced(7, 1), whole.at(-1)!], sealed, 7],
  ['inserted', whole.toSpliced(7, 0, whole[3]!).slice(0, SIZE), sealed, 7],
  ['reordered', whole.with(7, whole[8]!).with(8, whole[7]!), sealed, 7],
  ['lost', whole.slice(0, 150), undefined, 150],
  ['forked', entriesOf([...deeds(50), ...deeds(SIZE, 'flag.closed')]), undefined, 200],
  ['key', whole, signedCheckpoint(whole, other), null],
  ['key', entriesOf([...deeds(SIZE), handing(other, other)]), undefined, SIZE + 1],
  ['signature', whole, signatureChanged(sealed), null],
  ['unreadable', whole, 'nothing', null],
])('a log that is broken (%s) is named, with its leaf', async (kind, entries, note, index) => {
  const asked = ask(await copyOf(entries, note), { checkpoints: [await kept(whole.slice(0, 200))] })
  await expect(asked).rejects.toMatchObject({ found: { kind, index } })
})

/** A letter in the middle of the signature. */
function signatureChanged(note: string): string {
  const at = note.length - 40
  return note.slice(0, at) + (note[at] === 'A' ? 'B' : 'A') + note.slice(at + 1)
}

test('tiles that are not what the leaves make are named, of which the leaves themselves know nothing', async () => {
  const folder = await copyOf(whole)
  for (const [level, width, at, index] of [
    [1, 1, 5, 0],
    [0, 45, 40, 257],
  ] as const) {
    const file = path.join(folder, tilePath({ level, index: level === 1 ? 0 : 1, width }))
    const tile = await readFile(file)
    await writeFile(file, tile.with(at, tile[at]! ^ 1))
    await expect(ask(folder)).rejects.toMatchObject({ found: { kind: 'edited', index } })
    await writeFile(file, tile)
  }
  await ask(folder)
})

test('a key other than the one that was told is named, and a clock that went back too', async () => {
  const key = verifierLine(other.verifier)
  await expect(ask(await copyOf(whole), { key })).rejects.toMatchObject({ found: { kind: 'key' } })
  const found = await ask(await copyOf(backwards), { key: verifierLine(signer.verifier) })
  expect(found.at(-1)).toMatch(/^clock: At leaf 10 the clock went back by \d+ s\.$/)
})

async function receiptOf(index: number): Promise<Receipt> {
  const reader = readerOf(whole)
  const hashes = whole.map(leafHash)
  const proof = await proveInclusion(
    async ({ level, index: at, width }) =>
      level === 0
        ? reader.tile({ level, index: at, width })
        : rootOf(hashes.slice(at * TILE, (at + width) * TILE)),
    { index, size: SIZE },
  )
  return {
    type: 'clerestory/receipt/v1',
    checkpoint: sealed,
    key: verifierLine(signer.verifier),
    index,
    entry: textOf(whole[index]!),
    proof: proof.map(toBase64),
    texts: [{ name: 'text', ...said }],
  }
}

test('the command says what a receipt proves, and its exit code whether it does', async () => {
  const file = path.join(root, 'receipt.json')
  const receipt = await receiptOf(42)
  const run = async (told: unknown) => {
    await writeFile(file, JSON.stringify(told))
    const ran = promisify(execFile)(process.execPath, ['server/verify/cli.ts', file])
    return ran.then(
      ({ stdout }) => ({ code: 0, stdout }),
      ({ code, stdout }: { code: number; stdout: string }) => ({ code, stdout }),
    )
  }
  const right = await run(receipt)
  expect(right).toMatchObject({ code: 0 })
  expect(right.stdout).toContain('Leaf 42 is in the log example.org/ledger of 301 leaves')
  expect(right.stdout).toContain('Its text is what it commits to: "It is fixed."')
  const wrong = await run({ ...receipt, texts: [{ name: 'text', ...said, text: 'It is not.' }] })
  expect(wrong.code).toBe(1)
  expect(wrong.stdout).toContain('BROKEN, edited at 42')
})

test('what the command is not told, or cannot reach, it says in words, with exit code 2; its help names the codes', async () => {
  const run = (...args: string[]) =>
    new Promise((resolve) =>
      execFile(process.execPath, ['server/verify/cli.ts', ...args], (error, stdout, stderr) =>
        resolve([error ? error.code : 0, stdout, stderr]),
      ),
    )
  const checkpoint = await kept(whole)
  const said = (text: string): unknown => expect.stringContaining(text)
  const runs = [
    run('--help'),
    run('--checkpint', 'x'),
    run('http://127.0.0.1:3388'),
    run(checkpoint),
  ]
  expect(await Promise.all(runs)).toEqual([
    [0, said('Exit code 0: it is whole. 1: '), ''],
    [2, '', said('npm run verify -- URL|FOLDER|FILE')],
    [2, '', said('http://127.0.0.1:3388/ledger/checkpoint does not answer: ECONNREFUSED')],
    [2, '', said(`is a checkpoint: verify the log, with --checkpoint ${checkpoint}.`)],
  ])
})

test('no single bit of a receipt may be another', async () => {
  const receipt = await receiptOf(42)
  const file = path.join(root, 'flipped.json')
  const isRight = async (told: Receipt) => {
    await writeFile(file, JSON.stringify(told))
    return ask(file).then(
      () => true,
      () => false,
    )
  }
  expect(await isRight(receipt)).toBe(true)
  for (let n = 0; n < 60; n++) {
    const flip = (text: string) => {
      const bytes = Buffer.from(text)
      bytes[(n * 37) % bytes.length]! ^= 1 << (n % 7)
      return bytes.toString()
    }
    const changed: Receipt[] = [
      { ...receipt, checkpoint: flip(receipt.checkpoint) },
      { ...receipt, key: flip(receipt.key) },
      { ...receipt, entry: flip(receipt.entry) },
      { ...receipt, index: receipt.index ^ (1 << (n % 20)) },
      { ...receipt, proof: receipt.proof.with(n % 9, flip(receipt.proof[n % 9]!)) },
      { ...receipt, texts: [{ ...receipt.texts![0]!, text: flip(said.text) }] },
    ]
    for (const told of changed) expect(await isRight(told), JSON.stringify(told)).toBe(false)
  }
})
