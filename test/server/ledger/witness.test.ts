import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askWitnesses } from '../../../server/ledger/ask-witnesses.ts'
import { acceptCosignature } from '../../../server/ledger/cosignatures.ts'
import { insertCheckpoint } from '../../../server/ledger/queries.ts'
import { newSigner } from '../../../server/ledger/signer.ts'
import { createLog } from '../../../server/log.ts'
import { readArguments } from '../../../server/witness/arguments.ts'
import { witnessSigner } from '../../../server/witness/kept.ts'
import { serveWitness } from '../../../server/witness/serve.ts'
import { openWitness } from '../../../server/witness/witness.ts'
import { textOf, utf8 } from '#shared/ledger/bytes.ts'
import { readCheckpoint } from '#shared/ledger/checkpoint.ts'
import { signatureBy } from '#shared/ledger/key.ts'
import { proveConsistency } from '#shared/ledger/prove.ts'
import { writeSubmission } from '#shared/ledger/submission.ts'
import { freshDatabase } from '../../support/database.ts'
import {
  entriesOf,
  handing,
  readerOf,
  signedCheckpoint,
  signer,
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
  ['signature', whole, signatureChanged(signedCheckpoint(whole)), null],
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

/** A letter in the middle of the signature. */
function signatureChanged(note: string): string {
  const at = note.length - 40
  return note.slice(0, at) + (note[at] === 'A' ? 'B' : 'A') + note.slice(at + 1)
}

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

test('of two witnesses, the one that is shown a fork says so as soon as it meets the other', async () => {
  const [left, right] = [changingLog(entriesOf(deeds(30))), changingLog(anew)]
  const first = await witnessOf(left.reader)
  await first.look()
  await using server = await served(first)
  const { origin } = server
  const second = await witnessOf(right.reader, {
    others: [async () => (await fetch(`${origin}/checkpoint`)).text()],
  })

  expect(await second.look()).toBe(undefined)
  expect(second.kept.breaks).toMatchObject([{ kind: 'forked', index: 31 }])
  expect(await (await fetch(origin)).json()).toMatchObject({ size: 31, breaks: [] })
  expect((await fetch(`${origin}/else`)).status).toBe(404)
})

async function served(witness: Awaited<ReturnType<typeof witnessOf>>) {
  const server = serveWitness(witness, witness.signer.verifier).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => void server.close(),
  }
}

async function proofIn(entries: Uint8Array[], from: number): Promise<Uint8Array[]> {
  return proveConsistency(readerOf(entries).tile, { from, to: entries.length })
}

test('a witness signs what a log sends it with a proof, and says why it does not, as C2SP tlog-witness says', async () => {
  const witness = await witnessOf(changingLog(whole).reader, { key: signer.verifier })
  await using server = await served(witness)
  const send = async (body: string) => {
    const answer = await fetch(`${server.origin}/add-checkpoint`, { method: 'POST', body })
    return [answer.status, answer.headers.get('content-type'), await answer.text()] as const
  }
  const [ten, thirty] = [whole.slice(0, 10), whole.slice(0, 30)]
  const proof = await proofIn(thirty, 10)

  const [status, , line] = await send(writeSubmission(0, [], signedCheckpoint(ten)))
  expect(status).toBe(200)
  const cosigned = readCheckpoint(signedCheckpoint(ten) + line)!
  expect(await signatureBy(cosigned.note, witness.signer.verifier)).toBe('right')

  const from = async (old: number, hashes: Uint8Array[], note = signedCheckpoint(thirty)) =>
    (await send(writeSubmission(old, hashes, note))).slice(0, 1)[0]
  expect(await send(writeSubmission(0, [], signedCheckpoint(thirty)))).toEqual([
    409,
    'text/x.tlog.size',
    '10\n',
  ])
  expect(await from(10, [])).toBe(422)
  expect(await from(10, proof.toReversed())).toBe(422)
  expect(await from(10, await proofIn(anew.slice(0, 30), 10))).toBe(422)
  expect(await from(40, proof)).toBe(400)
  expect(await from(10, proof, signedCheckpoint(thirty, other))).toBe(403)
  const foreign = newSigner('elsewhere.example/log')
  const note = signedCheckpoint(thirty).replaceAll('example.org/ledger', foreign.verifier.name)
  expect(await from(10, proof, note)).toBe(404)
  for (const body of ['', 'old 10', 'old 010\n\n' + signedCheckpoint(thirty), 'old 1\nx\n\ny']) {
    expect((await send(body))[0], body).toBe(400)
  }
  expect(witness.kept.breaks).toEqual([])

  expect(await from(10, proof)).toBe(200)
  expect(readCheckpoint(witness.kept.checkpoint!)!.size).toBe(30)
  const split = anew.slice(0, 30)
  expect((await send(writeSubmission(30, [], signedCheckpoint(split))))[0]).toBe(409)
  expect(witness.kept.breaks).toMatchObject([{ kind: 'forked', index: 30 }])
})

test('what a witness is told wrong is said before it begins', () => {
  const [log, other] = ['https://city.example', 'http://other:3900']
  expect(readArguments([log, '--every', '0.5', '--beside', other])).toEqual({
    ...{ address: log, name: 'witness.invalid', folder: './witness', port: 3900, every: 500 },
    ...{ key: undefined, beside: [other] },
  })
  expect(readArguments(['--help'])).toBe('help')
  for (const [args, why] of [
    [[], 'Name one ledger'],
    [[log, other], 'Name one ledger'],
    [['city.example'], 'city.example is no address'],
    [[log, '--evry', '5'], '--evry'],
    [[log, '--every', 'soon'], '--every soon: it takes a number'],
    [[log, '--every', '0'], '--every 0: it takes a number'],
    [[log, '--port', '99999'], '--port 99999: it takes a number'],
    [[log, '--name', 'my witness'], '--name my witness: no spaces'],
    [[log, '--key', 'abc'], 'abc is no key'],
    [[log, '--beside', 'other:3900'], 'other:3900 is no address'],
  ] as const) {
    expect(() => readArguments([...args]), why).toThrow(why)
  }
})

test('of many checkpoints that come at once each is signed after the one before it, or not at all', async () => {
  const witness = await witnessOf(changingLog(whole).reader, { key: signer.verifier })
  const sent = Array.from({ length: 8 }, (_, n) =>
    witness.add(writeSubmission(0, [], signedCheckpoint(whole.slice(0, 5 + n)))),
  )
  const statuses = (await Promise.all(sent)).map(({ status }) => status)
  expect(statuses.filter((status) => status === 200)).toHaveLength(1)
  expect(statuses.filter((status) => status === 409)).toHaveLength(7)
})

test('a log asks its witnesses to sign, goes on from what each signed last, and shows what they sign', async () => {
  await using database = await freshDatabase()
  const { db } = database
  const tiles = readerOf(whole).tile
  const signing = async (entries: Uint8Array[]) => {
    const note = signedCheckpoint(entries)
    const { size, root: hash } = readCheckpoint(note)!
    await insertCheckpoint(db, { size, root: hash, note })
  }
  const both = await Promise.all(
    [1, 2].map(() => witnessOf(changingLog(whole).reader, { key: signer.verifier })),
  )
  // One of them knows more of the log than the log remembers.
  await both[1]!.add(writeSubmission(0, [], signedCheckpoint(whole.slice(0, 7))))
  await using one = await served(both[0]!)
  await using two = await served(both[1]!)
  await signing(whole.slice(0, 20))
  const asking = askWitnesses({
    db,
    addresses: [one.origin, `${two.origin}/`, 'http://127.0.0.1:9'],
    witnesses: both.map((witness) => witness.signer.verifier),
    tiles,
    log: createLog('silent'),
    every: 20,
  })
  const signed = (size: number) =>
    expect
      .poll(() => database.sql`select key from cosignature where size = ${size}`, { interval: 20 })
      .toHaveLength(2)
  await signed(20)
  await signing(whole)
  await signed(41)
  await asking.close()
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
