import { type Break, Broken } from './break.ts'
import { isEqual } from './bytes.ts'
import { readCheckpoint, type SignedCheckpoint } from './checkpoint.ts'
import { readEntry } from './entry.ts'
import { isSameKey, signatureBy, type Verifier } from './key.ts'
import { leafHash, rootOf } from './merkle.ts'
import { append, rootOfRange } from './range.ts'
import { type ReadBundle, readAhead } from './read-ahead.ts'
import { requireTilesAbove } from './tiles-above.ts'
import { entriesIn, TILE, type TileName, widthOf } from './tile.ts'
import { Misplaced, nothingWalked, take, type Walked } from './walk.ts'

/** Where a log is read from. Rejects when it cannot be. */
export interface LogReader {
  checkpoint(): Promise<string>
  tile(name: TileName): Promise<Uint8Array>
}

type Seen = Pick<SignedCheckpoint, 'size' | 'root'>

export interface Known {
  /** The log's, as somebody was told it. */
  key?: Verifier | undefined
  /** Of another time. */
  kept?: readonly SignedCheckpoint[]
  /** What somebody saw of another time, without its signature: on a wall, or on paper. */
  seen?: readonly Seen[]
  /** Leaves that were read before. */
  walked?: Walked
  /** Entries of any kind: then the key must be known, and only what is signed is checked. */
  isForeign?: boolean
  /** From the first leaf on: reads the tiles of hashes too, which other programs go by, and of which proofs are made. */
  withTiles?: boolean
  onProgress?: (read: number, of: number) => void
}

export interface ReadLog {
  checkpoint: SignedCheckpoint
  walked: Walked
  /** What is strange, and breaks nothing. */
  remarks: Break[]
}

/** Reads every leaf of a log and checks all that binds them; throws a `Broken` that names the first break. */
export async function readLog(reader: LogReader, known: Known = {}): Promise<ReadLog> {
  const { walked = nothingWalked(), kept = [] } = known
  const old = [...kept, ...(known.seen ?? [])]
  const checkpoint = readCheckpoint(await reader.checkpoint())
  if (!checkpoint) throw new Broken('unreadable', null, 'There is no checkpoint that can be read.')
  for (const { size } of [walked.range, ...old]) requireAsLong(size, checkpoint)
  for (const { origin } of kept) requireOrigin(origin, checkpoint)

  requireRoots(walked, old)
  const tops: Uint8Array[] = []
  const bundles = readAhead(reader, { from: walked.range.size, to: checkpoint.size, ...known })
  for await (const bundle of bundles) {
    await takeBundle(reader, walked, { bundle, checkpoint, known, old })
    if (bundle.hashes?.length === TILE) tops.push(rootOf(bundle.hashes))
    known.onProgress?.(walked.range.size, checkpoint.size)
  }
  requireSignedRoot(walked, checkpoint)
  if (known.withTiles) await requireTilesAbove(reader, tops, checkpoint.size)
  await requireKeys(walked, checkpoint, known)
  return { checkpoint, walked, remarks: walked.remarks }
}

function requireAsLong(size: number, checkpoint: SignedCheckpoint): void {
  if (size <= checkpoint.size) return
  const says = `The log had ${size} leaves, and has ${checkpoint.size}: ${size - checkpoint.size} were lost.`
  throw new Broken('lost', checkpoint.size, says)
}

function requireOrigin(origin: string, checkpoint: SignedCheckpoint): void {
  if (origin === checkpoint.origin) return
  const says = `This is the log ${checkpoint.origin}, and the checkpoint is of ${origin}.`
  throw new Broken('forked', null, says)
}

interface Taking {
  bundle: ReadBundle
  checkpoint: SignedCheckpoint
  known: Known
  old: readonly Seen[]
}

async function takeBundle(reader: LogReader, walked: Walked, taking: Taking): Promise<void> {
  const { bundle, checkpoint, known, old } = taking
  const { entries, hashes, width } = bundle
  try {
    for (let at = walked.range.size % TILE; at < width; at++) {
      const entry = entries[at]
      if (!entry) throw new Broken('lost', walked.range.size, missing(walked, checkpoint))
      if (known.isForeign) takeForeign(walked, entry, hashes?.[at])
      else await take(walked, entry, hashes?.[at])
      requireRoots(walked, old)
    }
  } catch (error) {
    if (error instanceof Misplaced) throw await placed(reader, walked.range.size, checkpoint.size)
    throw error
  }
}

function takeForeign({ range }: Walked, entry: Uint8Array, hash?: Uint8Array): void {
  const leaf = leafHash(entry)
  if (hash && !isEqual(hash, leaf)) {
    throw new Broken(
      'edited',
      range.size,
      `Leaf ${range.size} was changed: it is not what was hashed.`,
    )
  }
  append(range, leaf)
}

const missing = ({ range }: Walked, { size }: SignedCheckpoint): string =>
  `The log says that it has ${size} leaves, and leaf ${range.size} is not there.`

/** What became of a leaf that does not stand where it should: told by what all the others say of their places. */
async function placed(reader: LogReader, missing: number, size: number): Promise<Broken> {
  const told: (number | undefined)[] = []
  for (let index = Math.floor(missing / TILE); index * TILE < size; index++) {
    const width = widthOf({ level: 0, index }, size)
    const entries = entriesIn(await reader.tile({ level: 'entries', index, width }))
    told.push(...entries.map((entry) => readEntry(entry)?.index))
  }
  const found = told[missing % TILE]
  if (found !== undefined && found < missing) {
    return new Broken(
      'inserted',
      missing,
      `A leaf was put in before leaf ${missing}: two say that they are leaf ${found}.`,
    )
  }
  if (told.includes(missing)) {
    return new Broken('reordered', missing, `Leaf ${missing} was moved: it stands further on.`)
  }
  return new Broken('removed', missing, `Leaf ${missing} was taken out.`)
}

/** A checkpoint that was kept says what the log was when it was as long. */
function requireRoots({ range }: Walked, old: readonly Seen[]): void {
  for (const { size, root } of old) {
    if (size !== range.size || isEqual(root, rootOfRange(range))) continue
    const says = `The first ${size} leaves are not those of the checkpoint that was kept: the log was written anew.`
    throw new Broken('forked', size, says)
  }
}

/** Every leaf is bound to the one before it, so what differs is the last one, or all. */
function requireSignedRoot({ range }: Walked, { size, root }: SignedCheckpoint): void {
  if (isEqual(root, rootOfRange(range))) return
  const says = `The leaves do not make the root that was signed: leaf ${size - 1} was changed, or all were written anew.`
  throw new Broken('edited', size - 1, says)
}

async function requireKeys(walked: Walked, checkpoint: SignedCheckpoint, known: Known) {
  const keys = known.isForeign ? [known.key].filter((key) => key !== undefined) : walked.keys
  const { key } = known
  if (key && !keys.some((one) => isSameKey(one, key))) {
    throw new Broken('key', null, 'The key that was told is none that ever signed this log.')
  }
  await requireSigned(checkpoint, keys.slice(-1))
  for (const old of known.kept ?? []) await requireSigned(old, keys)
}

/** By one of the keys at least, and wrongly by none. */
async function requireSigned({ note, size }: SignedCheckpoint, keys: readonly Verifier[]) {
  const found = await Promise.all(keys.map((key) => signatureBy(note, key)))
  if (found.includes('wrong')) {
    throw new Broken(
      'signature',
      null,
      `The signature under the checkpoint of ${size} leaves is wrong.`,
    )
  }
  if (!found.includes('right')) {
    throw new Broken(
      'key',
      null,
      `The checkpoint of ${size} leaves is not signed by the key of the log.`,
    )
  }
}
