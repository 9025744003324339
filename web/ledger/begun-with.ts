import { Broken } from '#shared/ledger/break.ts'
import { fromBase64 } from '#shared/ledger/bytes.ts'
import type { Checkpoint } from '#shared/ledger/checkpoint.ts'
import { isConsistent } from '#shared/ledger/proof.ts'
import { consistency } from './page-reader.ts'

/** What somebody saw of a log: as a code on a wall or a receipt says it. */
export type Seen = Pick<Checkpoint, 'size' | 'root'>

/** Throws a `Broken` unless the log of a checkpoint begins with what was seen: by a proof, without reading the log. */
export async function requireBegunWith(seen: Seen, now: Seen): Promise<void> {
  const [from, to] = [seen.size, now.size]
  if (from > to) throw new Broken('lost', to, `The log had ${from} leaves and has ${to}.`)
  const { proof } = Object(await consistency(from, to)) as { proof?: unknown }
  const hashes = [proof].flat().map((hash) => fromBase64(String(hash)))
  const asked = { from, to, oldRoot: seen.root, newRoot: now.root }
  if (hashes.every((hash) => hash !== undefined) && isConsistent({ ...asked, proof: hashes }))
    return
  throw new Broken('forked', from, `The log does not begin with the one of ${from} leaves.`)
}
