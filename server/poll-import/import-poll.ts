import type { Rejection } from '#shared/events.ts'
import type { Db } from '../db/connect.ts'
import { BATCH, type Intake, openIntake } from '../intake/intake.ts'
import { type IntakeEvent, readEvent } from '../intake/read-event.ts'
import { ensureSource } from '../sources/sources.ts'
import { type Kind, readRows, type Told } from './read-rows.ts'

/** What became of a file's rows. */
export interface Tally {
  read: number
  accepted: number
  unchanged: number
  conflicting: number
  stale: number
  rejected: Rejection[]
}

interface Job {
  poll: string
  kind: Kind
  file: string
  /** Whose answers they are. */
  source: string
}

/** Takes a file's rows through intake, as if a source had sent them. Doing it again is harmless. */
export async function importPoll(db: Db, { poll, kind, file, source }: Job): Promise<Tally> {
  const { id } = await ensureSource(db, { name: source, kind: 'file' })
  const intake = await openIntake({ db })
  const tally: Tally = {
    ...{ read: 0, accepted: 0, unchanged: 0, conflicting: 0, stale: 0 },
    rejected: [],
  }
  try {
    let rows: Told[] = []
    for await (const told of readRows(file, kind, poll)) {
      rows.push(told)
      if (rows.length < BATCH) continue
      await submit(intake, id, { rows, tally })
      rows = []
    }
    await submit(intake, id, { rows, tally })
  } finally {
    await intake.close()
  }
  return tally
}

async function submit(
  intake: Intake,
  sourceId: number,
  { rows, tally }: { rows: readonly Told[]; tally: Tally },
): Promise<void> {
  const events: IntakeEvent[] = []
  const lines: number[] = []
  for (const { line, event } of rows) {
    const read = readEvent(event, Date.now())
    if (read.faults) tally.rejected.push(...read.faults.map((fault) => ({ line, ...fault })))
    else {
      events.push(read.event)
      lines.push(line)
    }
  }
  const { accepted, unchanged, conflicting, stale, refused } = await intake.submit(sourceId, events)
  tally.read += rows.length
  tally.accepted += accepted
  tally.unchanged += unchanged
  tally.conflicting += conflicting
  tally.stale += stale
  tally.rejected.push(
    ...refused.map(({ index, path, error }) => ({ line: lines[index]!, path, error })),
  )
}
