import { Router, text } from 'express'
import { z } from 'zod'
import { toBase64 } from '#shared/ledger/bytes.ts'
import { readVerifier, type Verifier } from '#shared/ledger/key.ts'
import { proveConsistency, proveInclusion, type ReadTile } from '#shared/ledger/prove.ts'
import type { Receipt } from '#shared/ledger/receipt.ts'
import { tileOf, widthOf } from '#shared/ledger/tile.ts'
import type { PersonOf } from '../acts/asker.ts'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { parse } from '../http/parse.ts'
import { acceptCosignature } from './cosignatures.ts'
import {
  cosignaturesOf,
  lastCosignatures,
  leafAt,
  type LeafRow,
  leafOfAct,
  ledgerKeys,
  newestCheckpoint,
  type StoredCheckpoint,
} from './queries.ts'
import { readableTexts } from './texts.ts'
import { readBundle } from './tiles.ts'

const A_YEAR = 365 * 86_400
const Place = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
const InclusionQuery = z.strictObject({ index: Place, size: Place })
const ConsistencyQuery = z.strictObject({ from: Place.min(1), to: Place })

interface Parts {
  db: Db
  /** Whose signatures are shown. */
  witnesses: readonly Verifier[]
  tiles: ReadTile
  personOf: PersonOf
}

/**
 * Under `/ledger`, for everybody, as C2SP tlog-tiles says: `checkpoint` (a signed note, with what witnesses
 * signed), `tile/L/N`, `tile/entries/N`. Beside that `keys` (verifier lines, the newest last),
 * `inclusion?index=&size=` and `consistency?from=&to=`, which answer `{proof}` in base64, and receipts:
 * `receipt/leaf/INDEX`, and `receipt/act/ID` with those of its texts that the one who asks may read. 404 for what is not signed yet. `POST cosignatures` takes a checkpoint of this
 * log with the signature of a witness that it knows, and needs no key: the signature is one. `witnesses` answers what
 * each signed last.
 */
export function ledgerRoutes({ db, witnesses, tiles, personOf }: Parts): Router {
  const routes = Router()
  /** Leaves that are known to be signed. */
  let known = 0

  routes.use((_req, res, next) => {
    res.set({ 'access-control-allow-origin': '*', 'cache-control': 'no-cache' })
    next()
  })

  routes.get('/checkpoint', async (_req, res) => {
    const { note, size } = await signedNow(db)
    res.type('text/plain; charset=utf-8').send(note + (await cosignaturesOf(db, size)).join(''))
  })

  routes.get('/keys', async (_req, res) => {
    const lines = await ledgerKeys(db)
    res.type('text/plain; charset=utf-8').send(lines.map((line) => `${line}\n`).join(''))
  })

  routes.post('/cosignatures', text({ type: () => true, limit: '16kb' }), async (req, res) => {
    res.json({ size: await acceptCosignature(db, witnesses, req.body) })
  })

  routes.get('/witnesses', async (_req, res) => {
    const last = await lastCosignatures(db)
    res.json({
      witnesses: last.map(({ key, size, at }) => ({
        name: readVerifier(key)!.name,
        key,
        size,
        at: new Date(at).toISOString(),
      })),
    })
  })

  routes.get('/tile/*path', async (req, res) => {
    const name = tileOf(req.path.slice(1))
    const { size } = await signedNow(db)
    if (!name || name.width > widthOf(name, size))
      throw new HttpError(404, 'There is no such tile.')
    const bytes = await (name.level === 'entries' ? readBundle(db, name) : tiles(name))
    res.set('cache-control', `public, max-age=${A_YEAR}, immutable`)
    res.type('application/octet-stream').send(Buffer.from(bytes))
  })

  routes.get('/inclusion', async (req, res) => {
    const { index, size } = parse(InclusionQuery, { ...req.query })
    await requireSigned(size)
    if (index >= size) throw new HttpError(404, 'There is no such leaf at that size.')
    const proof = await proveInclusion(tiles, { index, size })
    res.json({ index, size, proof: proof.map(toBase64) })
  })

  routes.get('/consistency', async (req, res) => {
    const { from, to } = parse(ConsistencyQuery, { ...req.query })
    await requireSigned(to)
    if (from > to) throw new HttpError(400, 'Ask from the smaller size to the greater one.')
    const proof = await proveConsistency(tiles, { from, to })
    res.json({ from, to, proof: proof.map(toBase64) })
  })

  routes.get('/receipt/leaf/:index', async (req, res) => {
    res.json(await receiptOf(await leafAt(db, parse(Place, req.params.index))))
  })

  routes.get('/receipt/act/:id', async (req, res) => {
    const id = parse(Place, req.params.id)
    const receipt = await receiptOf(await leafOfAct(db, id))
    const texts = await readableTexts(db, id, (await personOf(req))?.id)
    // Who is signed in may read what others may not.
    res.set('cache-control', 'private, no-store').json({ ...receipt, texts } satisfies Receipt)
  })

  /** What was signed once stays signed: only a greater size is asked for. */
  async function requireSigned(size: number): Promise<void> {
    if (size <= known) return
    known = (await signedNow(db)).size
    if (size > known) throw new HttpError(404, `The ledger has ${known} leaves.`)
  }

  async function receiptOf(leaf: LeafRow | undefined): Promise<Receipt> {
    const { size, note } = await signedNow(db)
    if (!leaf) throw new HttpError(404, 'There is no such leaf.')
    if (leaf.index >= size) {
      const why = 'It is in the ledger, and will be signed in a moment.'
      throw new HttpError(503, why, { retryAfter: 1 })
    }
    const proof = await proveInclusion(tiles, { index: leaf.index, size })
    const cosignatures = await cosignaturesOf(db, size)
    return {
      type: 'clerestory/receipt/v1',
      checkpoint: note + cosignatures.join(''),
      key: (await ledgerKeys(db)).at(-1)!,
      index: leaf.index,
      entry: Buffer.from(leaf.entry).toString('utf8'),
      proof: proof.map(toBase64),
    }
  }

  return routes
}

async function signedNow(db: Db): Promise<StoredCheckpoint> {
  const checkpoint = await newestCheckpoint(db)
  if (checkpoint) return checkpoint
  throw new HttpError(503, 'Nothing is signed yet. Ask again in a second.', { retryAfter: 1 })
}
