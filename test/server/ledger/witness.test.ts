import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { acceptCosignature } from '../../../server/ledger/cosignatures.ts'
import { insertCheckpoint } from '../../../server/ledger/queries.ts'
import { newSigner } from '../../../server/ledger/signer.ts'
import { witnessSigner } from '../../../server/witness/kept.ts'
import { serveWitness } from '../../../server/witness/serve.ts'
import { openWitness } from '../../../server/witness/witness.ts'
import { textOf, utf8 } from '#shared/ledger/bytes.ts'
import { readCheckpoint } from '#shared/ledger/checkpoint.ts'
import { signatureBy } from '#shared/ledger/key.ts'
import { freshDatabase } from '../../support/database.ts'
import {
  entriesOf,
  handing,
  readerOf,
  signedCheckpoint,
  type Written,
} from '../../support/ledger.ts'

let root: string
let folders = 0
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'clerestory-witness-'))
})
afterAll(() => rm(root, { recursive: true }))

const deeds = (count: number, what = 'flag.opened'): Written[] =>
  Array.from({ length: count }, (_, id) => ({ type: 'act', what: { id, kind: what } }))

/** A log that its operator may change as they like. */
function changingLog(first: Uint8Array[]) {
  const log = { entries: first, note: signedCheckpoint(first) }
  return {
    show: (entries: Uint8Array[], note = signedCheckpoint(entries)) =>
      void Object.assign(log, { entries, note }),
    reader: {
      checkpoint: async () => log.note,
      tile: (name: Parameters<ReturnType<typeof readerOf>['tile']>[0]) =>
        readerOf(log.entries).tile(name),
    },
  }
}

async function witnessOf(reader: ReturnType<typeof changingLog>['reader'], rest: object = {}) {
  const folder = path.join(root, String(folders++))
  const signer = await witnessSigner(folder, 'witness.example/w1')
  return { folder, signer, ...(await openWitness({ reader, signer, folder, ...rest })) }
}

test('a witness signs each checkpoint that goes on from the one before, with the time', async () => {
  const log = changingLog(entriesOf(deeds(300)))
  const witness = await witnessOf(log.reader, { now: () => 1_763_800_000_000 })
  expect(await witness.look()).toContain('\n301\n')
  expect(await witness.look()).toBe(undefined)
  log.show(entriesOf(deeds(600)))
  const signed = readCheckpoint((await witness.look())!)!
  expect(signed.size).toBe(601)
  expect(await signatureBy(signed.note, witness.signer.verifier)).toBe('right')
  expect(witness.kept.breaks).toEqual([])
})

const whole = entriesOf(deeds(40))
const other = newSigner('example.org/ledger')
const anew = entriesOf([...deeds(10), ...deeds(40, 'flag.closed')])

test.each<[string, Uint8Array[], string | undefined, (number | null)?]>([
  ['forked', anew, undefined, 21],
  ['lost', whole.slice(0, 15), undefined, 15],
  [
    'edited',
    whole.with(7, utf8(textOf(whole[7]!).replace('opened', 'closed'))),
    signedCheckpoint(whole),
    7,
  ],
  ['removed', whole.toSpliced(7, 1), signedCheckpoint(whole), 7],
  ['inserted', whole.toSpliced(7, 0, whole[3]!), signedCheckpoint(whole), 7],
  ['reordered', whole.with(7, whole[8]!).with(8, whole[7]!), signedCheckpoint(whole), 7],
  ['key', whole, signedCheckpoint(whole, other), null],
])(
  'a log that is %s is named by the witness that saw it before, and not signed',
  async (kind, entries, note, index) => {
    const log = changingLog(whole.slice(0, 21))
    const witness = await witnessOf(log.reader)
    await witness.look()
    // It starts anew, so that it reads all of it again.
    const again = await openWitness({
      reader: log.reader,
      signer: witness.signer,
      folder: witness.folder,
    })
    log.show(entries, note)

    expect(await again.look()).toBe(undefined)
    expect(again.kept.breaks).toMatchObject([{ kind, index }])
    expect(readCheckpoint(again.kept.checkpoint!)!.size).toBe(21)
  },
)

test('what was changed before the leaves that a running witness reads next is named too', async () => {
  const log = changingLog(whole.slice(0, 21))
  const witness = await witnessOf(log.reader)
  await witness.look()
  log.show(anew)
  expect(await witness.look()).toBe(undefined)
  expect(witness.kept.breaks).toMatchObject([{ kind: 'forked', index: 21 }])
  log.show(whole)
  expect(await witness.look()).toContain('\n41\n')
})

test('of two witnesses, one of which is shown a fork, each says so as soon as it meets the other', async () => {
  const [left, right] = [changingLog(entriesOf(deeds(30))), changingLog(anew)]
  const first = await witnessOf(left.reader)
  await first.look()
  const server = serveWitness(first, first.signer.verifier).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const second = await witnessOf(right.reader, {
    others: [async () => (await fetch(`${origin}/checkpoint`)).text()],
  })

  expect(await second.look()).toBe(undefined)
  expect(second.kept.breaks).toMatchObject([{ kind: 'forked', index: 31 }])
  expect(await (await fetch(origin)).json()).toMatchObject({ size: 31, breaks: [] })
  expect((await fetch(`${origin}/else`)).status).toBe(404)
  server.close()
})

test('a key that the log’s key hands over to is followed, and a clock that went back is named', async () => {
  const back = { ...deeds(1)[0]!, at: Date.parse('2026-11-21T08:00:00Z') }
  const handed = entriesOf([...deeds(20), handing(other), back])
  const log = changingLog(handed.slice(0, 21))
  const witness = await witnessOf(log.reader)
  await witness.look()
  log.show(handed, signedCheckpoint(handed, other))
  expect(await witness.look()).toContain('\n23\n')
  expect(witness.kept.breaks).toMatchObject([{ kind: 'clock', index: 22 }])
})

test('the log shows what witnesses that it knows signed of it, and nothing else', async () => {
  await using database = await freshDatabase()
  const { db } = database
  const { root: hash } = readCheckpoint(signedCheckpoint(whole))!
  await insertCheckpoint(db, { size: whole.length, root: hash, note: signedCheckpoint(whole) })
  const witness = await witnessOf(changingLog(whole).reader)
  const signed = (await witness.look())!
  const known = [witness.signer.verifier]

  expect(await acceptCosignature(db, known, signed)).toBe(41)
  expect(await acceptCosignature(db, known, signed)).toBe(41)
  expect(await database.sql`select key from cosignature`).toHaveLength(1)
  const refused = (told: unknown, witnesses = known) => acceptCosignature(db, witnesses, told)
  await expect(refused(signed, [])).rejects.toMatchObject({ status: 403 })
  await expect(refused('nothing')).rejects.toMatchObject({ status: 400 })
  await expect(refused(signed.replace('\n41\n', '\n40\n'))).rejects.toMatchObject({ status: 404 })
  const forked = await witnessOf(changingLog(anew.slice(0, 41)).reader)
  await expect(refused(await forked.look(), [forked.signer.verifier])).rejects.toMatchObject({
    status: 409,
  })
})
