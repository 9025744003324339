import type { TicketEvent } from '#shared/events.ts'
import { BATCH } from '../intake/intake.ts'
import { readTimed } from '../intake/read-event.ts'
import type { CsvRow } from './csv-rows.ts'
import { eventOf, jsonOf } from './event-of.ts'
import type { Mapping } from './mapping.ts'
import { periodsOf } from './periods.ts'
import { eventOrReason, reason } from './row-error.ts'
import type { RejectsFile } from './rejects-file.ts'
import type { ReadRow } from './row-reader.ts'
import { submitInOrder } from './submit-in-order.ts'
import { addOutcome, type Outcome, type Tally } from './tally.ts'

export interface ImportOptions {
  rows: AsyncIterable<readonly CsvRow[]>
  readRow: ReadRow
  mapping: Mapping
  submit: (events: readonly TicketEvent[]) => Promise<Outcome>
  rejects: RejectsFile
  /** Counted in as things happen, so that it is true of a file that could not be read to its end. */
  tally: Tally
  stop: AbortSignal
  /** Called often. */
  progressed: () => void
}

/**
 * Takes rows to intake in batches until the end or `stop`, and resolves to the line of the last row.
 * Whether it resolves or rejects, the rows that were read are durable or rejected, unless intake failed.
 */
export async function importRows(options: ImportOptions): Promise<number> {
  const { rows, mapping, submit, rejects, tally, stop, progressed } = options
  const periods = mapping.period && periodsOf(mapping.period, mapping.timeZone)
  const submitter = submitInOrder<TicketEvent>(async (events) =>
    addOutcome(tally, await submit(events)),
  )
  let batch: TicketEvent[] = []
  let line = 1

  async function flush() {
    await submitter.submit(batch)
    batch = []
  }

  try {
    for await (const piece of rows) {
      for (const row of piece) {
        if (stop.aborted) return line
        tally.read++
        line = row.line
        const event = takeRow(row, options)
        if (typeof event === 'string') {
          tally.rejected++
          rejects.write(row, event)
        } else {
          periods?.add(event.receivedAt)
          if (batch.push(event) === BATCH) await flush()
        }
      }
      progressed()
    }
  } finally {
    if (periods) tally.remarks.outside = periods.outside()
    await flush()
    await submitter.landed()
  }
  return line
}

/** The row's event, or why it is rejected. */
function takeRow(row: CsvRow, { readRow, mapping, tally }: ImportOptions): TicketEvent | string {
  const read = eventOrReason(() => eventOf(readRow(row.cells), mapping))
  if (typeof read === 'string') return read
  const { event, faults } = readTimed(read.ticket, jsonOf, Date.now())
  if (!event) return faults.map(({ path, error }) => reason(path, error)).join('; ')
  for (const remark of read.remarks) tally.remarks[remark]++
  return event
}
