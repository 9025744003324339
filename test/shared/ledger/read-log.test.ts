import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newSigner } from '../../../server/ledger/signer.ts'
import { textOf, utf8 } from '#shared/ledger/bytes.ts'
import { readLog } from '#shared/ledger/read-log.ts'
import {
  breakOf,
  checkpointOf,
  entriesOf,
  handing,
  readerOf,
  signedCheckpoint,
  signer,
} from '../../support/ledger.ts'

const deeds = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ type: 'act', what: { id: n, kind: 'flag.opened' } }))

const log = entriesOf(deeds(600))
const signed = signedCheckpoint(log)
const kept = checkpointOf(log.slice(0, 300))
const other = newSigner('example.org/ledger')

test('a whole log is whole, from any checkpoint that was kept and with the key that was told', async () => {
  const all = Array.from({ length: 8 }, (_, n) => checkpointOf(log.slice(0, n * 80 + 1)))
  const known = { key: signer.verifier, kept: all, withTiles: true }
  const { checkpoint, walked, remarks } = await readLog(readerOf(log), known)
  expect([checkpoint.size, walked.keys.length, remarks]).toEqual([601, 1, []])
})

test('a leaf that was edited, taken out, put in or moved is named, wherever it stands', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 599 }), async (at) => {
      const edited = log.with(at, utf8(textOf(log[at]!).replace('flag.opened', 'flag.closed')))
      expect(await breakOf(readerOf(edited, signed))).toEqual(['edited', at])

      const removed = log.toSpliced(at, 1)
      expect(await breakOf(readerOf(removed, signed))).toEqual(['removed', at])

      const inserted = log.toSpliced(at + 1, 0, log[at]!)
      expect(await breakOf(readerOf(inserted, signed))).toEqual(['inserted', at + 1])

      const moved = log.with(at, log[at + 1]!).with(at + 1, log[at]!)
      expect(await breakOf(readerOf(moved, signed))).toEqual(['reordered', at])
    }),
    { numRuns: 12 },
  )
})

test('every single bit of every leaf and of the checkpoint counts', async () => {
  const small = entriesOf(deeds(5))
  const note = signedCheckpoint(small)
  await fc.assert(
    fc.asyncProperty(fc.nat(5), fc.nat(), async (at, bit) => {
      const leaf = Uint8Array.from(small[at]!)
      leaf[(bit >> 3) % leaf.length]! ^= 1 << (bit & 7)
      expect(await breakOf(readerOf(small.with(at, leaf), note))).not.toBe(null)

      const bytes = Uint8Array.from(utf8(note))
      bytes[(bit >> 3) % bytes.length]! ^= 1 << (bit & 7)
      expect(await breakOf(readerOf(small, Buffer.from(bytes).toString()))).not.toBe(null)
    }),
  )
})

test('the last leaf, which nothing is bound to, was changed: the root says so', async () => {
  const edited = log.with(600, utf8(textOf(log[600]!).replace('opened', 'closed')))
  expect(await breakOf(readerOf(edited, signed))).toEqual(['edited', 600])
})

test('a log that lost leaves is named, whether it says so or not', async () => {
  const restored = log.slice(0, 200)
  expect(await breakOf(readerOf(restored), { kept: [kept] })).toEqual(['lost', 200])
  expect(await breakOf(readerOf(restored, signed))).toEqual(['lost', 200])
})

test('a log that was written anew, with its own key, is not the one that was kept', async () => {
  const anew = entriesOf([...deeds(100), { type: 'act', what: {} }, ...deeds(499)])
  expect(await breakOf(readerOf(anew))).toBe(null)
  expect(await breakOf(readerOf(anew), { kept: [kept] })).toEqual(['forked', 300])
  const elsewhere = { ...kept, origin: 'example.net/ledger' }
  expect(await breakOf(readerOf(log), { kept: [elsewhere] })).toEqual(['forked', null])
})

test('a key that follows another is signed for by it; a key that was swapped is named', async () => {
  const handed = entriesOf([...deeds(3), handing(other), ...deeds(3)])
  const known = { key: signer.verifier, kept: [checkpointOf(handed.slice(0, 3))] }
  expect(await breakOf(readerOf(handed, signedCheckpoint(handed, other)), known)).toBe(null)
  expect(await breakOf(readerOf(handed), known)).toEqual(['key', null])

  const thief = entriesOf([...deeds(3), handing(other, other)])
  expect(await breakOf(readerOf(thief, signedCheckpoint(thief, other)))).toEqual(['key', 4])
  expect(await breakOf(readerOf(log, signedCheckpoint(log, other)))).toEqual(['key', null])
  expect(await breakOf(readerOf(log), { key: other.verifier })).toEqual(['key', null])
  expect(await breakOf(readerOf(log), { kept: [checkpointOf(log.slice(0, 9), other)] })).toEqual([
    'key',
    null,
  ])
})

test('a signature that is wrong is named', async () => {
  const [text, line] = signed.split('\n\n')
  const wrong = `${text}\n\n${line!.replace(/(.{20})..==?|(.)=\n|[A-Za-z]([^\n]{9})\n$/, (all) => swapped(all))}`
  expect(await breakOf(readerOf(log, wrong))).toEqual(['signature', null])
})

/** Another letter in the middle. */
function swapped(text: string): string {
  const at = Math.floor(text.length / 2)
  return text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1)
}

test('a clock that went back is named, and breaks nothing', async () => {
  const back = entriesOf(
    deeds(9).map((deed, n) =>
      n === 6 ? { ...deed, at: Date.parse('2026-11-22T07:00:00Z') } : deed,
    ),
  )
  const { remarks } = await readLog(readerOf(back))
  expect(remarks).toEqual([
    { kind: 'clock', index: 7, says: 'At leaf 7 the clock went back by 3606 s.' },
  ])
})
