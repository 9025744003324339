import { Broken } from '#shared/ledger/break.ts'
import { isEqual } from '#shared/ledger/bytes.ts'
import { type SignedCheckpoint, readCheckpoint } from '#shared/ledger/checkpoint.ts'
import { readVerifier, signatureBy, type Verifier, verifierLine } from '#shared/ledger/key.ts'
import { emptyRoot } from '#shared/ledger/merkle.ts'
import { signatureLine, writeNote } from '#shared/ledger/note.ts'
import { isConsistent } from '#shared/ledger/proof.ts'
import { proveConsistency } from '#shared/ledger/prove.ts'
import { type LogReader, readLog } from '#shared/ledger/read-log.ts'
import { readSubmission, type Submission } from '#shared/ledger/submission.ts'
import type { Walked } from '#shared/ledger/walk.ts'
import type { Signer } from '../ledger/signer.ts'
import { inTurn } from './in-turn.ts'
import { keep, type Kept, readKept } from './kept.ts'
import { conflict, cosignedReply, refusal, type Reply } from './replies.ts'

interface Options {
  reader: LogReader
  signer: Signer
  folder: string
  /** The log's, as somebody was told it; undefined: the first that is seen. */
  key?: Verifier | undefined
  /** Checkpoints that other witnesses show. */
  others?: readonly (() => Promise<string>)[]
  /** Milliseconds since 1970. */
  now?: () => number
}

export interface Witness {
  /** Reads what is new and signs it; answers what it signed, undefined where there is nothing to sign. */
  look(): Promise<string | undefined>
  /** Signs a checkpoint that it is sent, if that is proven to go on from what it signed last. */
  add(told: string): Promise<Reply>
  readonly kept: Kept
}

/** Follows a log: signs each checkpoint that goes on from the one before, and names what does not. */
export async function openWitness(options: Options): Promise<Witness> {
  const { reader, signer, folder, others = [], now = Date.now } = options
  const kept = await readKept(folder)
  let walked: Walked | undefined

  const next = inTurn()

  async function look(): Promise<string | undefined> {
    const last = kept.checkpoint === null ? undefined : readCheckpoint(kept.checkpoint)!
    try {
      const read = await readOn(last)
      for (const other of others) await requireSame(read, await other().catch(() => ''))
      nameClock(read.walked)
      walked = read.walked
      if (last?.size === read.checkpoint.size) return undefined
      return `${read.checkpoint.note.text}\n${await sign(read.checkpoint)}`
    } catch (error) {
      if (!(error instanceof Broken)) throw error
      await name(error, last)
      return undefined
    }
  }

  function readOn(last: SignedCheckpoint | undefined) {
    const told = options.key ?? (kept.key === null ? undefined : readVerifier(kept.key))
    const before = walked && structuredClone(walked)
    return readLog(reader, {
      key: told,
      kept: last ? [last] : [],
      ...(before && { walked: before }),
    })
  }

  /** Answers the line of its signature. */
  async function sign(checkpoint: SignedCheckpoint): Promise<string> {
    const { text } = checkpoint.note
    const own = signer.sign(text, Math.floor(now() / 1000))
    const signed = writeNote({ text, signatures: [...checkpoint.note.signatures, own] })
    kept.checkpoint = signed
    const [first] = keysKnown()
    kept.key ??= first ? verifierLine(first) : null
    // Whatever else fails: it never signs anything that does not go on from this.
    await keep(folder, kept)
    return signatureLine(own)
  }

  /** The log's keys as far as its leaves were read, the one that signs now last; else the one that was told. */
  function keysKnown(): readonly Verifier[] {
    const told = options.key ?? (kept.key === null ? undefined : readVerifier(kept.key))
    return walked?.keys ?? (told ? [told] : [])
  }

  async function add(told: string): Promise<Reply> {
    const submission = readSubmission(told)
    if (!submission) return refusal(400, 'This is no checkpoint with its proof.')
    const { checkpoint, old } = submission
    const keys = keysKnown()
    if (keys[0]?.name !== checkpoint.origin)
      return refusal(404, 'This witness follows another log.')
    if (!(await isOfLog(checkpoint, keys.slice(-1)))) {
      return refusal(403, 'The checkpoint is not signed by the key of the log.')
    }
    if (old > checkpoint.size) return refusal(400, 'The old size is the greater one.')
    return next(() => addNext(submission))
  }

  async function addNext({ old, proof, checkpoint }: Submission): Promise<Reply> {
    const last = kept.checkpoint === null ? undefined : readCheckpoint(kept.checkpoint)!
    const { size = 0, root = emptyRoot } = last ?? {}
    if (old !== size) return conflict(size)
    if (last && size === checkpoint.size && !isEqual(root, checkpoint.root)) {
      const says = `The log signed two logs of ${size} leaves.`
      await note(new Broken('forked', size, says), writeNote(checkpoint.note))
      return conflict(size)
    }
    if (!goesOn({ old, proof, checkpoint }, root)) {
      return refusal(422, 'The proof does not show that it goes on from what was signed.')
    }
    return cosignedReply(await sign(checkpoint))
  }

  /** What was read leaf by leaf as it came is read again as a whole, so that the first break is named. */
  async function name(broken: Broken, last: SignedCheckpoint | undefined): Promise<void> {
    walked = undefined
    const whole = await readOn(last).then(
      () => broken,
      (error: unknown) => (error instanceof Broken ? error : broken),
    )
    await note(whole)
  }

  async function note({ found }: Broken, shown?: string): Promise<void> {
    const before = kept.breaks.at(-1)
    if (before?.kind === found.kind && before.index === found.index) return
    const checkpoint = shown ?? (await reader.checkpoint().catch(() => null))
    kept.breaks.push({ ...found, at: new Date(now()).toISOString(), checkpoint })
    await keep(folder, kept)
  }

  function nameClock({ remarks }: Walked): void {
    for (const found of remarks) {
      if (kept.breaks.some(({ kind, index }) => kind === found.kind && index === found.index))
        continue
      kept.breaks.push({ ...found, at: new Date(now()).toISOString(), checkpoint: null })
    }
  }

  /** What another witness signed is the beginning of the same log. One that saw more is asked again later. */
  async function requireSame(
    { checkpoint, walked }: Awaited<ReturnType<typeof readOn>>,
    told: string,
  ) {
    const other = readCheckpoint(told)
    if (!other || other.origin !== checkpoint.origin || other.size > checkpoint.size) return
    if (!(await isOfLog(other, walked.keys))) return
    const { size: from, root: oldRoot } = other
    const { size: to, root: newRoot } = checkpoint
    const proof = await proveConsistency((name) => reader.tile(name), { from, to })
    if (isConsistent({ from, to, oldRoot, newRoot, proof })) return
    const says = `Another witness was shown another log: its first ${from} leaves are not these.`
    throw new Broken('forked', from, says)
  }

  return { look: () => next(look), add, kept }
}

/** Of nothing any log goes on, and needs no proof. */
function goesOn({ old, proof, checkpoint }: Submission, oldRoot: Uint8Array): boolean {
  if (old === 0 && checkpoint.size > 0) return proof.length === 0
  const { size: to, root: newRoot } = checkpoint
  return isConsistent({ from: old, to, oldRoot, newRoot, proof })
}

async function isOfLog({ note }: SignedCheckpoint, keys: readonly Verifier[]): Promise<boolean> {
  const found = await Promise.all(keys.map((key) => signatureBy(note, key)))
  return found.includes('right') && !found.includes('wrong')
}
