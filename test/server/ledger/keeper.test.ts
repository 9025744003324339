import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { up } from '../../../server/db/migrations/0016-ledger.ts'
import { checkLedger } from '../../../server/ledger/check.ts'
import { rotateKey } from '../../../server/ledger/key.ts'
import { openLedger } from '../../../server/ledger/ledger.ts'
import { newSigner, readSigner } from '../../../server/ledger/signer.ts'
import { createLog } from '../../../server/log.ts'
import { insertPolicy } from '../../../server/policies/queries.ts'
import { defaultPolicy } from '#shared/policy.ts'
import { readEntry } from '#shared/ledger/entry.ts'
import { readCheckpoint } from '#shared/ledger/checkpoint.ts'
import { verifierLine } from '#shared/ledger/key.ts'
import { appointed } from '../../support/acts.ts'
import { freshDatabase } from '../../support/database.ts'
import { breakOf, readerOf } from '../../support/ledger.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'clerestory-ledger-'))
})
afterAll(() => rm(folder, { recursive: true }))

type Database = Awaited<ReturnType<typeof freshDatabase>>

async function keeping(database: Database, config: { dataDir?: string; ledgerKey?: string } = {}) {
  const ledger = await openLedger({
    db: database.db,
    config: {
      dataDir: folder,
      ledgerKey: undefined,
      ledgerWitnesses: [],
      ledgerWitnessUrls: [],
      accounts: { publicUrl: undefined },
      ...config,
    },
    log: createLog('silent'),
  })
  return { ...ledger, [Symbol.asyncDispose]: ledger.close }
}

const newest = async ({ sql }: Database) => {
  const [row] = await sql`select size, note from checkpoint order by size desc limit 1`
  return row as { size: number; note: string } | undefined
}

const signs = (database: Database, size: number) =>
  expect.poll(async () => (await newest(database))?.size, { interval: 20 }).toBe(size)

test('acts that were done while nothing ran, or before anything was signed, are signed at the next start', async () => {
  await using database = await freshDatabase()
  await appointed(database.db, 'mei')
  {
    await using _ = await keeping(database)
    await signs(database, 2)
  }
  await appointed(database.db, 'olu')
  await using _ = await keeping(database)
  await signs(database, 3)
  const [row] = await database.sql`select count(*) as n, max(index) as last from leaf`
  expect(row).toEqual({ n: 3, last: 2 })
})

test('what was done before there was a ledger becomes its beginning, in its order', async () => {
  await using database = await freshDatabase()
  await insertPolicy(database.db, defaultPolicy)
  for (const person of ['mei', 'olu', 'uma']) await appointed(database.db, person)
  await database.sql
    .unsafe(`drop trigger act_is_a_leaf on act; drop trigger policy_is_a_leaf on policy;
    drop trigger definition_is_a_leaf on definition; drop function append_act_as_leaf;
    drop function append_act, append_row, append_leaf, canonical_json;
    drop table leaf, ledger_head, ledger_node, checkpoint, ledger_key, cosignature, sheet`)
  await up(database.db as never)
  await using _ = await keeping(database, { dataDir: path.join(folder, 'before') })
  await signs(database, 5)

  const rows = await database.sql`select entry from leaf order by index`
  const entries = rows.map(({ entry }) => readEntry(entry)!)
  expect(entries.map(({ type }) => type)).toEqual(['act', 'act', 'act', 'policy', 'key'])
  expect(entries.slice(0, 3).map(({ at, what }) => [what.id, at])).toEqual(
    entries.slice(0, 3).map(({ what }) => [what.id, what.at]),
  )
  expect(await checkLedger(database.db)).toEqual([])
})

test('the key is made once, is readable by its owner alone, and says itself in a leaf', async () => {
  await using database = await freshDatabase()
  const dataDir = path.join(folder, 'own')
  await using _ = await keeping(database, { dataDir })
  const file = path.join(dataDir, 'ledger.key')
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  const { verifier } = readSigner(await readFile(file, 'utf8'))!
  const [leaf] = await database.sql`select convert_from(entry, 'UTF8')::jsonb as entry from leaf`
  expect(leaf!.entry).toMatchObject({ type: 'key', what: { key: verifierLine(verifier) } })

  const twice = await keeping(database, { dataDir })
  await twice.close()
  expect(await database.sql`select index from leaf`).toHaveLength(1)
})

test('a process that has another key serves the log and signs nothing, and says since when nobody does', async () => {
  await using database = await freshDatabase()
  const ledgerKey = newSigner('example.org/ledger').line
  {
    await using own = await keeping(database, { ledgerKey })
    await signs(database, 1)
    expect(await own.unsigned(0)).toBe(undefined)
  }
  await using other = await keeping(database, { ledgerKey: newSigner('example.org/ledger').line })
  expect(await other.unsigned(0)).toBe(undefined)
  await appointed(database.db, 'mei')
  other.look()
  const [{ at }] = await database.sql<[{ at: number }]>`select at from checkpoint`
  const since = new Date(at).toISOString()
  expect(await other.unsigned(0)).toEqual({ why: 'waiting', since })
  expect(await other.unsigned()).toBe(undefined)
  expect(await database.sql`select line from ledger_key`).toHaveLength(1)
})

test('a key hands over to another, which a running process takes up, and the log is whole', async () => {
  await using database = await freshDatabase()
  const dataDir = path.join(folder, 'rotated')
  await using ledger = await keeping(database, { dataDir })
  await signs(database, 1)
  const place = { dataDir, given: undefined, publicUrl: undefined }
  const next = await rotateKey(database.db, place)
  ledger.look()
  await signs(database, 2)

  const { note } = (await newest(database))!
  const entries = await database.sql`select entry from leaf order by index`
  const reader = readerOf(
    entries.map(({ entry }) => Uint8Array.from(entry)),
    note,
  )
  expect(await breakOf(reader, { key: next.verifier })).toBe(null)
  expect(await readdir(dataDir)).not.toContain('ledger.key.next')
})

test('two processes with one key sign the same', async () => {
  await using database = await freshDatabase()
  const ledgerKey = newSigner('example.org/ledger').line
  await using one = await keeping(database, { ledgerKey })
  await using two = await keeping(database, { ledgerKey })
  for (let n = 0; n < 2; n++) {
    await appointed(database.db, `observer ${n}`)
    one.look()
    two.look()
  }
  await signs(database, 3)
  const notes = await database.sql`select note from checkpoint`
  for (const { note } of notes) expect(readCheckpoint(note)).toBeDefined()
})

test('a database that was put back to an earlier day is not signed, since what was signed lies beside it', async () => {
  await using database = await freshDatabase()
  const dataDir = path.join(folder, 'restored')
  {
    await using _ = await keeping(database, { dataDir })
    await appointed(database.db, 'mei')
    await signs(database, 2)
  }
  await database.sql
    .unsafe(`alter table leaf disable trigger all; alter table checkpoint disable trigger all;
    delete from leaf where index = 1; delete from checkpoint; update ledger_head set size = 1`)
  await using ledger = await keeping(database, { dataDir })
  await appointed(database.db, 'olu')
  ledger.look()
  expect(await ledger.unsigned()).toEqual({ why: 'changed', since: null })
  expect(await newest(database)).toBe(undefined)
})

test('a log that is longer than a tile goes on at its right edge after a new start', async () => {
  await using database = await freshDatabase()
  const ledgerKey = newSigner('example.org/ledger').line
  {
    await using ledger = await keeping(database, { ledgerKey })
    await database.sql`select append_leaf('act', '{"n":' || n || '}') from generate_series(1, 600) as n`
    ledger.look()
    await signs(database, 601)
  }
  await database.sql`select append_leaf('act', '{"n":' || n || '}') from generate_series(1, 300) as n`
  await using _ = await keeping(database, { ledgerKey })
  await signs(database, 901)
  const nodes = await database.sql`select level, index from ledger_node order by 1, 2`
  expect(nodes.map(({ level, index }) => [level, index])).toEqual([
    [1, 0],
    [1, 1],
    [1, 2],
  ])
})
