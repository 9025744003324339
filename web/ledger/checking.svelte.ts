import { type Break, Broken } from '#shared/ledger/break.ts'
import { readCheckpoint, type SignedCheckpoint } from '#shared/ledger/checkpoint.ts'
import { type Known, readLog } from '#shared/ledger/read-log.ts'
import { type ReadReceipt, readReceipt } from '#shared/ledger/receipt.ts'
import { requireBegunWith, type Seen } from './begun-with.ts'
import { ownLog, receiptOfAct, receiptOfLeaf, Unanswered } from './page-reader.ts'
import { signedNow } from './signed-now.ts'

export type Verdict =
  | { is: 'whole'; checkpoint: SignedCheckpoint; since: number[]; remarks: readonly Break[] }
  | { is: 'receipt'; read: ReadReceipt; since: number | undefined }
  | { is: 'begun'; checkpoint: SignedCheckpoint; since: number }
  | { is: 'broken'; found: Break }
  | { is: 'failed'; why: Failure }

/** `insecure`: browsers check signatures only on https and localhost; `old`: this one does not know Ed25519. */
export type Failure = 'unanswered' | 'insecure' | 'old' | 'unknown' | 'unreadable'

/** Something that is being checked, here in the browser, and what came of it. */
export class Checking {
  #verdict = $state.raw<Verdict>()
  /** From 0 to 1. */
  #done = $state.raw<number>()

  get verdict(): Verdict | undefined {
    return this.#verdict
  }

  /** Undefined: nothing is being checked. */
  get done(): number | undefined {
    return this.#done
  }

  /** The whole log, and that it begins with what was kept or seen of it. */
  log(known: Pick<Known, 'kept' | 'seen'> = {}): Promise<void> {
    return this.#check(async () => {
      const onProgress = (read: number, of: number) => (this.#done = read / of)
      const { checkpoint, remarks } = await readLog(ownLog, { ...known, onProgress })
      const since = [...(known.kept ?? []), ...(known.seen ?? [])].map(({ size }) => size)
      return { is: 'whole', checkpoint, since, remarks }
    })
  }

  /** The receipt of an act, as the server gives it now, and that its log begins with what was seen of it. */
  act(id: number, seen?: Seen): Promise<void> {
    return this.#check(async () => {
      const receipt = await receiptOfAct(id)
      return receipt === undefined ? { is: 'failed', why: 'unknown' } : verdictOn(receipt, seen)
    })
  }

  /** The same of any leaf. */
  leaf(index: number, seen?: Seen): Promise<void> {
    return this.#check(async () => verdictOn(await receiptOfLeaf(index), seen))
  }

  /** That the log which is signed now begins with what was seen of it: one proof, however long it is. */
  seen(seen: Seen): Promise<void> {
    return this.#check(async () => {
      const checkpoint = await signedNow()
      await requireBegunWith(seen, checkpoint)
      return { is: 'begun', checkpoint, since: seen.size }
    })
  }

  /** A file that somebody kept: a receipt, or a checkpoint. */
  async file(text: string): Promise<void> {
    const receipt = text.trimStart().startsWith('{') ? jsonIn(text) : undefined
    if (receipt !== undefined) return this.#check(() => verdictOn(receipt))
    const kept = readCheckpoint(text)
    if (kept) return this.log({ kept: [kept] })
    this.#verdict = { is: 'failed', why: 'unreadable' }
  }

  async #check(work: () => Promise<Verdict>): Promise<void> {
    if (this.#done !== undefined) return
    this.#verdict = undefined
    this.#done = 0
    this.#verdict = await work().catch(verdictOf)
    this.#done = undefined
  }
}

async function verdictOn(told: unknown, seen?: Seen): Promise<Verdict> {
  const read = await readReceipt(told)
  if (seen) await requireBegunWith(seen, read.checkpoint)
  return { is: 'receipt', read, since: seen?.size }
}

function verdictOf(error: unknown): Verdict {
  if (error instanceof Broken) return { is: 'broken', found: error.found }
  if (error instanceof Unanswered) return { is: 'failed', why: 'unanswered' }
  const canSign = (globalThis.crypto as Partial<Crypto>).subtle !== undefined
  return { is: 'failed', why: canSign ? 'old' : 'insecure' }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
