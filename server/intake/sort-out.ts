import { inKeyOrder } from '../tickets/key.ts'
import type { TicketRow } from '../tickets/row.ts'

/** What is put in order by its version. */
export interface Versioned {
  version: number
  digest: Uint8Array
}

/** One incoming event as a row. */
export interface Incoming<Row extends Versioned = TicketRow> {
  row: Row
  /** The newest time the event tells. */
  newestAt: number
}

/** All that a batch holds of one ticket, comment or answer, in the order in which it came. */
export interface Group<Row extends Versioned = TicketRow> {
  key: string
  /** The highest version: the only one that may become the ticket's row. */
  top: Incoming<Row>
  all: Incoming<Row>[]
}

/** Groups by key, sorted by key, so that batches that run at once never lock in different orders. */
export function groupByKey<Row extends Versioned>(
  incoming: readonly Incoming<Row>[],
  keyOf: (row: Row) => string,
): Group<Row>[] {
  const groups = new Map<string, Group<Row>>()
  for (const one of incoming) {
    const key = keyOf(one.row)
    const group = groups.get(key)
    if (!group) groups.set(key, { key, top: one, all: [one] })
    else {
      group.all.push(one)
      if (one.row.version > group.top.row.version) group.top = one
    }
  }
  return [...groups.values()].sort((a, b) => inKeyOrder(a.key, b.key))
}

export type Outcome = 'accepted' | 'unchanged' | 'conflicting' | 'stale'

export interface Verdict<Row extends Versioned = TicketRow> {
  incoming: Incoming<Row>
  outcome: Outcome
  /** The version that becomes the ticket's row, if it is accepted. */
  isTop: boolean
}

/** What was stored of a ticket before this batch; undefined when it was not known. */
export type Before = { version: number; digest: Buffer } | undefined

/**
 * Judges the events of one ticket one after the other, as if each had come alone, so that the answer
 * does not depend on how requests were cut into batches.
 */
export function judge<Row extends Versioned>(group: Group<Row>, before: Before): Verdict<Row>[] {
  let current = before
  return group.all.map((incoming) => {
    const { version, digest } = incoming.row
    const outcome = compare({ version, digest: digest as Buffer }, current)
    if (outcome === 'accepted') current = { version, digest: digest as Buffer }
    return { incoming, outcome, isTop: incoming === group.top }
  })
}

function compare(next: NonNullable<Before>, current: Before): Outcome {
  if (!current || next.version > current.version) return 'accepted'
  if (next.version < current.version) return 'stale'
  return next.digest.equals(current.digest) ? 'unchanged' : 'conflicting'
}

/** What an upsert replaced; undefined when it replaced nothing. */
export function replacedBy(
  written: { oldVersion: number | null; oldDigest: Buffer | null } | undefined,
): Before {
  if (!written || written.oldVersion === null) return undefined
  return { version: written.oldVersion, digest: written.oldDigest! }
}
