import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { verifierLine } from '#shared/ledger/key.ts'
import { rootOf } from '#shared/ledger/merkle.ts'
import { TILE, tilePath } from '#shared/ledger/tile.ts'
import type { Sql } from '../../server/db/connect.ts'
import { insertKey } from '../../server/ledger/queries.ts'
import type { Signer } from '../../server/ledger/signer.ts'
import type { Stage } from './stage.ts'

/** Leaves written at once: forty bundles. */
const AT_ONCE = 40 * TILE

interface Leaf {
  entry: Buffer
  hash: Buffer
}

/** Leaves as the database would write them, as long as those of flags. */
function* leaves(signer: Signer, count: number): Generator<Leaf> {
  let previous: string | null = null
  for (let index = 0; index < count; index++) {
    const what = index === 0 ? { key: verifierLine(signer.verifier) } : flag(index)
    const at = new Date(1_763_800_000_000 + index).toISOString()
    const type = index === 0 ? 'key' : 'act'
    const entry: Buffer = Buffer.from(JSON.stringify({ at, index, previous, type, what }))
    const hash: Buffer = createHash('sha256').update('\0').update(entry).digest()
    previous = hash.toString('hex')
    yield { entry, hash }
  }
}

const flag = (id: number) => ({
  appointment: 7,
  at: '2026-11-22T17:00:00.000Z',
  body: { answerBy: 1_763_900_000_000, evidence: ['0'.repeat(64)], kind: 'number' },
  id,
  kind: 'flag.opened',
  role: 'observer',
  subject: `flag:${id}`,
  texts: { text: { commitment: '0'.repeat(64) }, title: { commitment: '1'.repeat(64) } },
  version: 1,
})

/** Writes a long log into the database and, as a copy that somebody took, into a folder. */
export async function writeLongLog(
  { db, sql }: Stage,
  { signer, count, folder }: { signer: Signer; count: number; folder: string },
): Promise<void> {
  await insertKey(db, verifierLine(signer.verifier))
  let batch: Leaf[] = []
  let from = 0
  const tops: Uint8Array[] = []
  for (const leaf of leaves(signer, count)) {
    if (batch.push(leaf) < AT_ONCE && from + batch.length < count) continue
    await Promise.all([insert(sql, batch, from), copy(folder, batch, from)])
    tops.push(...topsOf(batch.map(({ hash }) => hash)))
    from += batch.length
    batch = []
  }
  await copyAbove(folder, tops)
  await sql`update ledger_head set size = ${count}, link = (select hash from leaf order by index desc limit 1)`
  // As a log of years lies there, whose clearing up is done: else that would run beside what is measured.
  await sql`vacuum analyze leaf`
  await sql`checkpoint`
}

async function insert(sql: Sql, batch: readonly Leaf[], from: number): Promise<void> {
  await sql`
    insert into leaf (index, entry, hash)
    select ${from}::bigint + place - 1, decode(entry, 'hex'), decode(hash, 'hex')
    from unnest(${batch.map(({ entry }) => entry.toString('hex'))}::text[],
      ${batch.map(({ hash }) => hash.toString('hex'))}::text[]) with ordinality as one (entry, hash, place)`
}

async function copy(folder: string, batch: readonly Leaf[], from: number): Promise<void> {
  for (let at = 0; at < batch.length; at += TILE) {
    const taken = batch.slice(at, at + TILE)
    const name = { index: (from + at) / TILE, width: taken.length }
    const bundle = taken.flatMap(({ entry }) => [
      Buffer.of(entry.length >> 8, entry.length & 255),
      entry,
    ])
    await write(path.join(folder, tilePath({ level: 'entries', ...name })), Buffer.concat(bundle))
    const tile = Buffer.concat(taken.map(({ hash }) => hash))
    await write(path.join(folder, tilePath({ level: 0, ...name })), tile)
  }
}

/** Of whole tiles. */
const topsOf = (hashes: readonly Uint8Array[]): Uint8Array[] =>
  Array.from({ length: Math.floor(hashes.length / TILE) }, (_, tile) =>
    rootOf(hashes.slice(tile * TILE, (tile + 1) * TILE)),
  )

/** The tiles above those of leaves. */
async function copyAbove(folder: string, tops: readonly Uint8Array[]): Promise<void> {
  for (let row = tops, level = 1; row.length > 0; row = topsOf(row), level++) {
    for (let index = 0; index * TILE < row.length; index++) {
      const own = row.slice(index * TILE, (index + 1) * TILE)
      const file = path.join(folder, tilePath({ level, index, width: own.length }))
      await write(file, Buffer.concat(own))
    }
  }
}

async function write(file: string, bytes: Buffer): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, bytes)
}
