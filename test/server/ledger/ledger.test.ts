import { execFile, spawn } from 'node:child_process'
import { hash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import canonicalize from 'canonicalize'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { perform } from '../../../server/acts/perform.ts'
import { noteDefinitions } from '../../../server/definitions/note-definitions.ts'
import { setPolicy } from '../../../server/policies/set.ts'
import { checkLedger } from '../../../server/ledger/check.ts'
import { readSigner, type Signer } from '../../../server/ledger/signer.ts'
import { serverReader } from '../../../server/verify/readers.ts'
import { witnessSigner } from '../../../server/witness/kept.ts'
import { toHex, utf8 } from '#shared/ledger/bytes.ts'
import { readCheckpoint, type SignedCheckpoint } from '#shared/ledger/checkpoint.ts'
import { type Entry, readEntry } from '#shared/ledger/entry.ts'
import { readVerifier, signatureBy, verifierLine } from '#shared/ledger/key.ts'
import { leafHash } from '#shared/ledger/merkle.ts'
import { isConsistent, isIncluded } from '#shared/ledger/proof.ts'
import { readLog } from '#shared/ledger/read-log.ts'
import { type Receipt, readReceipt } from '#shared/ledger/receipt.ts'
import { fromBase64 } from '#shared/ledger/bytes.ts'
import { publicNouns } from '#shared/oversight/public-nouns.ts'
import { asked, appointed, madeFor } from '../../support/acts.ts'
import { actingApp } from '../../support/asker.ts'
import { opened } from '../../support/load.ts'
import { breakOf, entriesOf, signedCheckpoint } from '../../support/ledger.ts'

let app: Awaited<ReturnType<typeof actingApp>>
let folder: string
let witness: Signer
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'clerestory-outside-'))
  witness = await witnessSigner(folder, WITNESS)
  app = await actingApp({ ledgerWitnesses: [witness.verifier] })
})
afterAll(async () => {
  await app[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

const WITNESS = 'witness.example/w1'

const checkpointNow = async (): Promise<SignedCheckpoint> =>
  readCheckpoint(await (await app.get('/ledger/checkpoint')).text())!

const sizeNow = async (): Promise<number> =>
  (await app.sql`select size from ledger_head`)[0]!.size as number

/** Once all that is written is signed. */
async function signedAll(): Promise<SignedCheckpoint> {
  const size = await sizeNow()
  await expect.poll(async () => (await checkpointNow()).size, { interval: 50 }).toBe(size)
  return checkpointNow()
}

const entries = async (): Promise<Entry[]> => {
  const rows = await app.sql`select entry from leaf order by index`
  return rows.map(({ entry }) => readEntry(entry)!)
}

/** As somebody does who owns the database, for as long as `look` looks. */
async function tampered<T>(query: string, look: () => Promise<T>): Promise<T> {
  await app.sql`create table saved as select * from leaf`
  await app.sql.unsafe(
    'alter table leaf disable trigger all; alter table leaf drop constraint leaf_is_hashed',
  )
  await app.sql.unsafe(query)
  try {
    return await look()
  } finally {
    await app.sql.unsafe(`delete from leaf; insert into leaf select * from saved; drop table saved;
      alter table leaf add constraint leaf_is_hashed check (hash = sha256('\\x00'::bytea || entry));
      alter table leaf enable trigger all`)
  }
}

const reader = () => serverReader(app.origin)

test('acts that are done at once are leaves without gaps, in the order of the journal, signed within 2 s', async () => {
  const people = Array.from({ length: 40 }, (_, n) => `observer ${n}`)
  await Promise.all(people.map((person) => perform(app.db, asked('ines', madeFor(person)))))
  const doneAt = Date.now()

  const { size } = await signedAll()
  expect(Date.now() - doneAt).toBeLessThan(2000)

  const acts = await app.sql`
    select canonical, seq from act join leaf on act_id = act.id order by leaf.index`
  expect(acts).toHaveLength(41)
  expect(acts.map(({ seq }) => seq)).toEqual(acts.map(({ seq }) => seq).toSorted((a, b) => a - b))
  const told = (await entries()).filter(({ type }) => type === 'act')
  expect(told.map(({ what }) => what)).toEqual(acts.map(({ canonical }) => JSON.parse(canonical)))
  expect(size).toBe((await entries()).length)
})

test('the whole log is read from outside, and every receipt of an act verifies by itself', async () => {
  await signedAll()
  const key = readVerifier((await (await app.get('/ledger/keys')).text()).trim())!
  const { walked } = await readLog(reader(), { key, withTiles: true })
  expect(walked.range.size).toBe(await sizeNow())

  for (const { id } of await app.sql`select id from act order by id limit 5`) {
    const receipt = (await (await app.get(`/ledger/receipt/act/${id}`)).json()) as Receipt
    const { entry } = await readReceipt(receipt, key)
    expect(entry.what).toMatchObject({ id, kind: 'appointment.made' })
    const forged = {
      ...receipt,
      entry: receipt.entry.replace('appointment.made', 'appointment.held'),
    }
    await expect(readReceipt(forged, key)).rejects.toMatchObject({ found: { kind: 'edited' } })
  }
})

test('what was signed earlier is proven to be the beginning of what is signed now', async () => {
  const old = await signedAll()
  await appointed(app.db, 'someone new')
  const now = await signedAll()

  const answer = await app.get(`/ledger/consistency?from=${old.size}&to=${now.size}`)
  const { proof } = (await answer.json()) as { proof: string[] }
  const asked = { from: old.size, to: now.size, oldRoot: old.root, newRoot: now.root }
  expect(isConsistent({ ...asked, proof: proof.map((hash) => fromBase64(hash)!) })).toBe(true)
})

test('a leaf is proven to be in the log that is signed', async () => {
  const { size, root } = await signedAll()
  const index = size - 3
  const answer = await app.get(`/ledger/inclusion?index=${index}&size=${size}`)
  const { proof, ...asked } = (await answer.json()) as { proof: string[] }
  expect(asked).toEqual({ index, size })
  const [{ hash: leaf }] = await app.sql<[{ hash: Uint8Array }]>`
    select hash from leaf where index = ${index}`
  const told = { index, size, leaf, root, proof: proof.map((hash) => fromBase64(hash)!) }
  expect(isIncluded(told)).toBe(true)
  expect(isIncluded({ ...told, index: index + 1 })).toBe(false)
})

test('policies and definitions are leaves too, and nobody is named in them', async () => {
  const before = await sizeNow()
  await setPolicy(app.db, { ...opened, surveyDays: 12 } as typeof opened, { setBy: 'Ines' })
  const other = { measure: 'closed', version: 99, contributionsVersion: 1, sha256: '00' }
  await noteDefinitions(app.db, [other])

  const added = (await entries()).slice(before)
  const [policy, definition, ...rest] = added
  expect(rest).toEqual([])
  expect(policy).toMatchObject({ type: 'policy', what: { body: { opened: opened.opened } } })
  expect(JSON.stringify(policy)).not.toContain('Ines')
  expect(definition).toMatchObject({ type: 'definition', what: { measure: 'closed', version: 99 } })
})

test('all that is said of a measure has its fingerprint in the measure’s leaf', async () => {
  const { measures } = (
    await app.ask<{ measures: { id: string; breaks: [] }[] }>('/api/v1/definitions')
  ).body
  const leaves = (await entries()).filter(({ type }) => type === 'definition')
  for (const { breaks: _, ...said } of measures) {
    const first = leaves.find(({ what }) => what.measure === said.id)!
    expect(first.what.sha256, said.id).toBe(hash('sha256', canonicalize(said)!, 'hex'))
  }
})

test('an audit compares every act with its leaf, so that both must be altered, and then the log is broken', async () => {
  await signedAll()
  const { id } = (await app.sql`select id from act order by id limit 1 offset 3`)[0]!
  const [index] = (await app.sql`select index from leaf where act_id = ${id}`).map(
    (row) => row.index,
  )
  const alter = (query: string) =>
    app.sql.begin((trx) => trx.unsafe(`set local session_replication_role = replica; ${query}`))
  expect(await checkLedger(app.db)).toEqual([])

  await app.sql`create table kept_act as select * from act where id = ${id}`
  await alter(`update act set canonical = '{}', hash = sha256('{}') where id = ${id}`)
  expect(await checkLedger(app.db)).toEqual([
    `act ${id}: it is not what leaf ${index} of the ledger says`,
  ])
  await alter(`delete from act where id = ${id}`)
  expect(await checkLedger(app.db)).toEqual([
    `the ledger, leaf ${index}: act ${id} is not there any more`,
  ])
  await alter('insert into act select * from kept_act; drop table kept_act')
  const [unbound, broken] = await tampered(`delete from leaf where index = ${index}`, () =>
    checkLedger(app.db),
  )
  expect(unbound).toBe(`act ${id}: it is not in the ledger`)
  expect(broken).toBe(`the ledger, removed: Leaf ${index} was taken out.`)
})

const receiptOf = async (act: number, as?: string): Promise<Receipt> =>
  (await app.ask<Receipt>(`/ledger/receipt/act/${act}`, as)).body

test('a receipt carries the texts that the one who asks may read, each of which is what the leaf commits to', async () => {
  const { act } = await perform(app.db, asked('ines', madeFor('tao')))
  await signedAll()
  const [told, own] = [await receiptOf(act.id), await receiptOf(act.id, 'ines')]
  const names = ({ texts = [] }: Receipt) => texts.map(({ name }) => name)
  expect(names(told)).toEqual(['appointingBody', 'name', 'title'])
  expect(names(own)).toEqual(['appointingBody', 'instrument', 'name', 'title'])
  expect(names(await receiptOf(act.id, 'tao'))).toEqual(names(told))

  const { texts } = await readReceipt(own)
  expect(texts.find(({ name }) => name === 'instrument')?.text).toBe('CC-1')
  for (const changed of [{ text: 'CC-2' }, { salt: '00' }, { name: 'title' }, { name: 'none' }]) {
    const forged = { ...own, texts: own.texts!.with(1, { ...own.texts![1]!, ...changed }) }
    await expect(readReceipt(forged)).rejects.toMatchObject({ found: { kind: 'edited' } })
  }
})

test('a contact keeps a text out of the receipts of others, who could not check it without what is left out', async () => {
  const named = madeFor('uma', { name: 'Uma, +44 20 7946 0958' })
  const { act } = await perform(app.db, asked('ines', named))
  await signedAll()
  const names = async (as?: string) => (await receiptOf(act.id, as)).texts?.map(({ name }) => name)
  expect(await names()).toEqual(['appointingBody', 'title'])
  expect(await names('ines')).toContain('name')
})

test('a text that is taken down leaves its leaf, and the act that took it down is everybody’s to read', async () => {
  const { id } = (await app.sql`select id from act order by id desc limit 1`)[0]!
  const { body } = await app.act('ines', `/api/v1/acts/${id}/withholding`, {
    ground: 'court-order',
    texts: ['name'],
  })
  await signedAll()
  const receipt = await receiptOf(id)
  const { entry } = await readReceipt(receipt)
  expect(entry.what.texts).toMatchObject({
    name: { commitment: expect.stringMatching(/^[0-9a-f]{64}$/) },
  })
  expect(receipt.texts!.map(({ name }) => name)).toEqual(['appointingBody', 'title'])

  const { entry: taken } = await readReceipt(await receiptOf(body.act.id))
  expect(taken).toMatchObject({
    type: 'act',
    what: { kind: 'text.withheld', body: { act: id, ground: 'court-order' } },
  })
})

test('the database writes as they are the acts of the nouns that are public, and of all others their hash', async () => {
  const named = await app.sql`select noun from public_noun order by noun`
  expect(named.map(({ noun }) => noun)).toEqual([...publicNouns].sort())

  await app.sql`select append_act_as_leaf(act, null) from (
    select (act).* from (select jsonb_populate_record(act, '{"id": -1, "subject": "template:1"}') as act
      from act limit 1) as one) as act`
  const hidden = (await entries()).at(-1)!
  expect(hidden).toMatchObject({
    type: 'sealed',
    what: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
  })
})

test('a leaf that somebody edited, removed, put in or moved in the database is named from outside', async () => {
  await signedAll()
  // Definitions come first, however many there are; then acts.
  const [{ at }] = await app.sql<[{ at: number }]>`
    select min(index)::int as at from leaf where convert_from(entry, 'UTF8') like '%appointment.made%'`
  const named = (query: string) => tampered(query, () => breakOf(reader()))
  const edit = `set entry = convert_to(replace(convert_from(entry, 'UTF8'), 'made', 'held'), 'UTF8')`
  const rehash = `update leaf set hash = sha256('\\x00'::bytea || entry)`

  expect(await named(`update leaf ${edit} where index = ${at}`)).toEqual(['edited', at])
  expect(await named(`update leaf ${edit} where index = ${at}; ${rehash}`)).toEqual(['edited', at])
  expect(await named(`delete from leaf where index = ${at}`)).toEqual(['removed', at])
  expect(await named(`delete from leaf where index > ${at + 10}`)).toEqual(['lost', at + 11])
  expect(
    await named(`update leaf set index = index + 1000 where index > ${at};
      insert into leaf select ${at + 1}, entry, hash from leaf where index = ${at - 1};
      update leaf set index = index - 999 where index > 1000`),
  ).toEqual(['inserted', at + 1])
  expect(
    await named(`update leaf set index = -1 where index = ${at}; update leaf set index = ${at} where index = ${at + 1};
      update leaf set index = ${at + 1} where index = -1`),
  ).toEqual(['reordered', at])
  expect(await breakOf(reader())).toBe(null)
})

/** As somebody does who has the program and not the database. */
const run = (command: 'verify' | 'witness', ...args: string[]) =>
  [`server/${command}/cli.ts`, app.origin, ...args] as const

function verified(...args: string[]): Promise<{ code: unknown; stdout: string }> {
  return new Promise((resolve) =>
    execFile(process.execPath, run('verify', ...args), (error, stdout) =>
      resolve({ code: error ? error.code : 0, stdout }),
    ),
  )
}

test('the command that verifies says over HTTP that the log is whole, and names the leaf that somebody edited', async () => {
  const keep = path.join(folder, 'kept')
  const { size } = await signedAll()
  expect(await verified('--keep', keep)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(`is whole: ${size} leaves`),
  })
  expect(readCheckpoint(await readFile(keep, 'utf8'))?.size).toBe(size)
  await appointed(app.db, 'somebody newer')
  await signedAll()
  const [{ at }] = await app.sql<[{ at: number }]>`
    select min(index)::int as at from leaf where convert_from(entry, 'UTF8') like '%appointment.made%'`
  const edit = `update leaf set entry = convert_to(
    replace(convert_from(entry, 'UTF8'), 'made', 'held'), 'UTF8') where index = ${at}`
  const shown = `${app.origin}/ledger/checkpoint`
  const since = await verified('--checkpoint', keep, '--checkpoint', shown)
  expect(since.code).toBe(0)
  expect(since.stdout).toContain(`It begins with the ${size} leaves of the checkpoint`)
  expect(since.stdout).toContain(`It begins with the ${await sizeNow()} leaves of the checkpoint`)
  const broken = await tampered(edit, () => verified('--checkpoint', keep))
  expect(broken).toMatchObject({
    code: 1,
    stdout: expect.stringContaining(`BROKEN, edited at ${at}:`),
  })
})

function witnessing(port = '0') {
  const args = ['--name', WITNESS, '--folder', folder, '--port', port, '--every', '0.2']
  const command = spawn(process.execPath, run('witness', ...args))
  const ended = new Promise((resolve) => command.once('exit', resolve))
  return { ended, stop: () => command.kill('SIGTERM') && ended, said: text(command.stderr) }
}

test('the command that witnesses signs what goes on, which the log shows, ends when it is told to, and says what does not go on', async () => {
  const { size } = await signedAll()
  // Somebody else is at that port.
  const misplaced = witnessing(new URL(app.origin).port)
  const first = witnessing()
  const shown = async () =>
    (await app.ask<{ witnesses: object[] }>('/ledger/witnesses')).body.witnesses
  await expect
    .poll(shown)
    .toMatchObject([{ name: WITNESS, key: verifierLine(witness.verifier), size }])
  expect(await first.stop()).toBe(0)
  expect(await first.said).toBe('')
  expect(await misplaced.ended).toBe(2)
  expect(await misplaced.said).toContain('EADDRINUSE')

  const checkpoint = await checkpointNow()
  expect(await signatureBy(checkpoint.note, witness.verifier)).toBe('right')
  const receipt = (await app.ask<Receipt>('/ledger/receipt/leaf/0')).body
  const signed = readCheckpoint(receipt.checkpoint)!
  expect(await signatureBy(signed.note, witness.verifier)).toBe('right')
  await readReceipt(receipt)

  // The log's key signed another log, which it once showed to this witness.
  const other = signedCheckpoint(entriesOf([{ type: 'act', what: {} }]), ownSigner())
  const state = path.join(folder, 'witness.json')
  await writeFile(state, JSON.stringify({ checkpoint: other, key: null, breaks: [] }))
  const again = witnessing()
  const kept = async () => JSON.parse(await readFile(state, 'utf8')) as { breaks: object[] }
  await expect.poll(async () => (await kept()).breaks).toMatchObject([{ kind: 'forked' }])
  expect(await again.stop()).toBe(0)
  expect(await again.said).toMatch(/^BROKEN, forked at 2: /)
})

const ownSigner = () => readSigner(app.config.ledgerKey!)!

test('nobody updates, deletes or truncates what the ledger is made of', async () => {
  for (const table of ['leaf', 'checkpoint', 'ledger_key', 'ledger_node', 'cosignature']) {
    for (const query of [`delete from ${table}`, `truncate ${table} cascade`]) {
      await expect(app.sql.unsafe(query), query).rejects.toThrow('append-only')
    }
  }
  await expect(app.sql`update leaf set act_id = 7`).rejects.toThrow('append-only')
})

test('tiles are served as they were signed, for ever, and nothing else is', async () => {
  const { size } = await signedAll()
  const tile = await app.get(`/ledger/tile/0/000.p/${size}`)
  expect(tile.headers.get('cache-control')).toContain('immutable')
  const first = await app.get('/ledger/tile/entries/000.p/1')
  const entry = new Uint8Array(await first.arrayBuffer()).slice(2)
  expect(toHex(new Uint8Array(await tile.arrayBuffer()).slice(0, 32))).toBe(toHex(leafHash(entry)))

  for (const path of [
    `tile/0/000.p/${size + 1}`,
    'tile/0/000',
    'tile/1/000',
    'tile/0/0',
    'tile/../checkpoint.x',
  ]) {
    expect((await app.get(`/ledger/${path}`)).status, path).toBe(404)
  }
  for (const path of [
    'inclusion?index=5',
    'inclusion?index=-1&size=3',
    'consistency?from=0&to=3',
    'consistency?from=3&to=2',
    'receipt/leaf/x',
  ]) {
    expect((await app.get(`/ledger/${path}`)).status, path).toBe(400)
  }
  expect((await app.get(`/ledger/inclusion?index=0&size=${size + 1}`)).status).toBe(404)
  expect((await app.get('/ledger/receipt/act/999999')).status).toBe(404)
})

test('canonical JSON in the database is RFC 8785', async () => {
  const value = { b: [1, 2.5, null, true], a: { ß: 'é\n"\\\u0001', A: {} }, '': [] }
  const [row] = await app.sql`select canonical_json(${JSON.stringify(value)}::text::jsonb) as text`
  expect(row!.text).toBe(canonicalize(value))
  expect(utf8(row!.text)).toEqual(utf8(canonicalize(value)!))
})
