import type { Receipt, Rejection, TicketEvent } from '#shared/events.ts'
import type { Readable } from 'node:stream'
import { BATCH, type Intake, type Tally } from './intake.ts'
import { readEvent } from './read-event.ts'
import type { Piece, Splitter } from './split.ts'

/** Rejections told in one answer; the others are only counted. */
const MAX_REJECTIONS = 1000
const IN_FLIGHT = 2

/** What became of a body, also when it ended in an error. */
export interface Progress extends Receipt {
  /** Rejections beyond those listed. */
  rejectedUnlisted: number
  /** Whether anything at all came. */
  isEmpty: boolean
}

interface Taking {
  intake: Intake
  sourceId: number
  splitter: Splitter
  now: () => number
  /** Kept current while the body is read, so that an error can say what was accepted before it. */
  progress: Progress
}

export const nothingYet = (): Progress => ({
  accepted: 0,
  unchanged: 0,
  conflicting: 0,
  stale: 0,
  rejected: [],
  seq: 0,
  rejectedUnlisted: 0,
  isEmpty: true,
})

/** Works through a body of any length, a batch at a time, with a bounded number under way. */
export async function takeBody(body: Readable, taking: Taking): Promise<void> {
  const { splitter, progress } = taking
  const inFlight = new Set<Promise<void>>()
  const failures: unknown[] = []
  let events: TicketEvent[] = []
  let lines: number[] = []

  async function flush(): Promise<void> {
    if (events.length === 0) return
    const sent = send(taking, events, lines)
      .catch((error: unknown) => void failures.push(error))
      .finally(() => inFlight.delete(sent))
    inFlight.add(sent)
    events = []
    lines = []
    if (inFlight.size >= IN_FLIGHT) await Promise.race(inFlight)
  }

  /** A batch may fail long after it was sent off, while the next ones are still being read. */
  function requireNoFailure(): void {
    if (failures.length > 0) throw failures[0]
  }

  async function take(pieces: readonly Piece[]): Promise<void> {
    for (const piece of pieces) {
      const read = readPiece(piece, taking.now())
      if (read.event) {
        events.push(read.event)
        lines.push(piece.line)
      } else for (const fault of read.faults) reject(progress, { line: piece.line, ...fault })
      if (events.length < BATCH) continue
      await flush()
      requireNoFailure()
    }
  }

  try {
    for await (const chunk of body) {
      progress.isEmpty = false
      await take(splitter.push(chunk as Buffer))
    }
    await take(splitter.end())
  } finally {
    // Also of a body that breaks off: what was read whole is kept, and told.
    await flush()
    await Promise.all(inFlight)
    requireNoFailure()
  }
}

async function send(
  { intake, sourceId, progress }: Taking,
  events: readonly TicketEvent[],
  lines: readonly number[],
): Promise<void> {
  const tally = await intake.submit(sourceId, events)
  for (const { index, path, error } of tally.refused) {
    reject(progress, { line: lines[index]!, path, error })
  }
  add(progress, tally)
}

function add(progress: Progress, tally: Tally): void {
  progress.accepted += tally.accepted
  progress.unchanged += tally.unchanged
  progress.conflicting += tally.conflicting
  progress.stale += tally.stale
  progress.seq = Math.max(progress.seq, tally.seq)
}

function reject(progress: Progress, rejection: Rejection): void {
  if (progress.rejected.length < MAX_REJECTIONS) progress.rejected.push(rejection)
  else progress.rejectedUnlisted++
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function readPiece({ bytes }: Piece, now: number): ReturnType<typeof readEvent> {
  if (!bytes) return { faults: [{ path: '', error: 'is longer than 64 kB' }] }
  let text: string
  try {
    text = utf8.decode(bytes)
  } catch {
    return { faults: [{ path: '', error: 'is not valid UTF-8' }] }
  }
  try {
    return readEvent(JSON.parse(text), now)
  } catch {
    return { faults: [{ path: '', error: 'is not valid JSON' }] }
  }
}
