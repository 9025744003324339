import type { Receipt, Rejection } from '#shared/events.ts'
import type { Readable } from 'node:stream'
import { HttpError } from '../http/errors.ts'
import { inTime } from '../http/in-time.ts'
import { BATCH, type Intake, type Tally } from './intake.ts'
import { type IntakeEvent, readEvent } from './read-event.ts'
import type { Piece, Splitter } from './split.ts'

/** Rejections told in one answer; the others are only counted. */
const MAX_REJECTIONS = 1000
const IN_FLIGHT = 2
/** Events that may wait for the database before no more are taken. */
const MAX_BACKLOG = 50_000

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
  /** Milliseconds that a batch may take. */
  patience: number
  /** Throws when the source has sent more than it may: so many lines or bytes more were read. */
  spend: (read: { lines: number; bytes: number }) => Promise<void>
  /** Told of each batch that was written, how many milliseconds it took. */
  onBatch?: ((took: number) => void) | undefined
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
  let events: IntakeEvent[] = []
  let lines: number[] = []

  async function flush(): Promise<void> {
    if (events.length === 0) return
    const full = fullness(taking.intake)
    if (full) return void failures.push(full)
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
    for await (const chunk of body as AsyncIterable<Buffer>) {
      progress.isEmpty = false
      const begun = splitter.begun
      const pieces = splitter.push(chunk)
      await taking.spend({ lines: splitter.begun - begun, bytes: chunk.length })
      await take(pieces)
    }
    await take(splitter.end())
  } finally {
    // Also of a body that breaks off: what was read whole is kept, and told.
    await flush()
    await Promise.all(inFlight)
    requireNoFailure()
  }
}

/** A 503 when so much waits for the database that more would only wait longer. */
export function fullness({ backlog }: Intake): HttpError | undefined {
  if (backlog <= MAX_BACKLOG) return undefined
  const why = 'Too much is waiting to be written. Send it again in a second: that is harmless.'
  return new HttpError(503, why, { retryAfter: 1 })
}

/** Whether the batch is kept cannot be known. */
export function unanswered(): HttpError {
  const why =
    'The database does not answer. What is not counted here may or may not be kept. Send it again: that is harmless.'
  return new HttpError(503, why, { retryAfter: 5 })
}

async function send(
  { intake, sourceId, progress, patience, onBatch }: Taking,
  events: readonly IntakeEvent[],
  lines: readonly number[],
): Promise<void> {
  const startedAt = performance.now()
  const tally = await inTime(intake.submit(sourceId, events), {
    within: patience,
    late: unanswered,
  })
  onBatch?.(performance.now() - startedAt)
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
