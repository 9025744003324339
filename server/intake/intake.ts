import type { Receipt, TicketEvent } from '#shared/events.ts'
import { type Dimension, dimensions } from '#shared/ticket.ts'
import type { Db } from '../db/connect.ts'
import { openRegistry } from '../dimensions/registry.ts'
import { ring } from '../journal/queries.ts'
import { type Decide, decideBy } from '../policies/decide.ts'
import { PolicyChanged } from '../policies/policy-changed.ts'
import { allPolicies } from '../policies/queries.ts'
import type { Heard } from '../sources/queries.ts'
import { rowOf } from '../tickets/row.ts'
import { ingest, type Ingested } from './ingest.ts'
import { newestTime } from './read-event.ts'
import type { Incoming, Outcome } from './sort-out.ts'

/** Events of one batch, and transactions at once: more of either was slower. */
export const BATCH = 1000
const WRITERS = 2
/** How often a batch is decided again: each time somebody has set a policy while it was being written. */
const TRIES = 100

/** A line that cannot be taken after all, by its place among the events submitted. */
export interface Refused {
  index: number
  path: string
  error: string
}

export interface Tally extends Omit<Receipt, 'rejected'> {
  refused: Refused[]
}

/** A request's events, on their way into a batch. */
export interface Submission {
  sourceId: number
  incoming: Incoming[]
  /** The newest policy version when they were decided about. */
  policyVersion: number
  done: (result: Ingested) => void
  failed: (error: unknown) => void
}

export interface Intake {
  /**
   * Takes up to `BATCH` events of one source. Resolves when everything accepted is durable; rejects
   * when nothing is known to be kept. None at all only says that the source is there.
   */
  submit(sourceId: number, events: readonly TicketEvent[]): Promise<Tally>
  /** Events that wait for a transaction. */
  readonly backlog: number
  /** Policies, names or aliases changed. */
  reload(): Promise<void>
  /** Finishes what was submitted. */
  close(): Promise<void>
}

interface IntakeOptions {
  db: Db
  /** Called after each commit. */
  committed?: (seq: number) => void
}

/** Joins what is waiting into one transaction, so that many small requests cost like few big ones. */
export async function openIntake({ db, committed = () => {} }: IntakeOptions): Promise<Intake> {
  const registry = await openRegistry(db)
  let policies = await loadPolicies(db)
  const waiting: Submission[] = []
  const writers = new Set<Promise<void>>()
  let bell = Promise.resolve()

  function start(): void {
    while (waiting.length > 0 && writers.size < WRITERS) {
      const writer: Promise<void> = write(takeBatch(waiting)).finally(() => {
        writers.delete(writer)
        start()
      })
      writers.add(writer)
    }
  }

  /** Nobody waits for the bell: who misses it looks within a second. */
  function ringSoon(): void {
    bell = bell.then(() => ring(db)).catch(() => {})
  }

  async function write(submissions: Submission[]): Promise<void> {
    try {
      const result = await ingestDecided(submissions)
      for (const submission of submissions) submission.done(result)
      committed(result.seq)
      ringSoon()
    } catch (error) {
      if (submissions.length === 1) return submissions[0]!.failed(error)
      // One request may be at fault: the others are not made to pay for it.
      for (const submission of submissions) await write([submission])
    }
  }

  /** Decides again when a policy was set since, be it while the batch was being written. */
  async function ingestDecided(submissions: Submission[]): Promise<Ingested> {
    for (let tries = 1; ; tries++) {
      const { newest } = policies
      for (const submission of submissions) {
        if (submission.policyVersion !== newest) decideAgain(submission)
      }
      const incoming = submissions.flatMap((submission) => submission.incoming)
      try {
        return await ingest(db, { incoming, heard: heardOf(submissions), policyVersion: newest })
      } catch (error) {
        if (!(error instanceof PolicyChanged) || tries === TRIES) throw error
        policies = await loadPolicies(db)
      }
    }
  }

  function decideAgain(submission: Submission): void {
    for (const one of submission.incoming) {
      const category = registry.spellingOf(one.row.category)
      one.row = { ...one.row, ...policies.decide({ ...one.row, category }) }
    }
    submission.policyVersion = policies.newest
  }

  async function prepare(sourceId: number, events: readonly TicketEvent[]) {
    const policyVersion = policies.newest
    const incoming: Incoming[] = []
    const refused: Refused[] = []
    for (const [index, event] of events.entries()) {
      const members = await membersOf(event)
      if (typeof members === 'string') {
        refused.push({ index, path: members, error: 'names one more than this city can hold' })
        continue
      }
      const decision = policies.decide({
        receivedAt: event.receivedAt,
        statedDueAt: event.dueAt,
        surveySatisfaction: event.survey?.satisfaction ?? null,
        category: registry.spellingOf(members.category),
      })
      incoming.push({
        row: rowOf(event, { sourceId, members, decision }),
        newestAt: newestTime(event),
      })
    }
    return { incoming, refused, policyVersion }
  }

  /** The ids of the event's members, or the dimension that has no place for one more. */
  async function membersOf(event: TicketEvent): Promise<Record<Dimension, number> | Dimension> {
    const members = {} as Record<Dimension, number>
    for (const dimension of dimensions) {
      const code = event[dimension]
      const id = registry.idOf(dimension, code) ?? (await registry.register(dimension, code!))
      if (id === undefined) return dimension
      members[dimension] = id
    }
    return members
  }

  return {
    async submit(sourceId, events) {
      const { refused, ...prepared } = await prepare(sourceId, events)
      const result = await new Promise<Ingested>((done, failed) => {
        waiting.push({ sourceId, ...prepared, done, failed })
        start()
      })
      return { ...count(prepared.incoming, result.verdicts), refused, seq: result.seq }
    },
    get backlog() {
      return waiting.reduce((sum, { incoming }) => sum + incoming.length, 0)
    },
    async reload() {
      policies = await loadPolicies(db)
      await registry.reload()
    },
    async close() {
      while (writers.size > 0) await Promise.all(writers)
      await bell
    },
  }
}

interface Policies {
  /** The newest version, also when it decides nothing. */
  newest: number
  decide: Decide
}

async function loadPolicies(db: Db): Promise<Policies> {
  const versions = await allPolicies(db)
  return { newest: versions.at(-1)?.version ?? 0, decide: decideBy(versions) }
}

function takeBatch(waiting: Submission[]): Submission[] {
  let events = 0
  let count = 0
  while (count < waiting.length) {
    events += waiting[count]!.incoming.length
    if (count > 0 && events > BATCH) break
    count++
  }
  return waiting.splice(0, count)
}

function heardOf(submissions: readonly Submission[]): Heard[] {
  const newest = new Map<number, number | null>()
  for (const { sourceId, incoming } of submissions) {
    const told = incoming.map(({ newestAt }) => newestAt)
    const before = newest.get(sourceId) ?? null
    newest.set(sourceId, told.length > 0 ? Math.max(before ?? -Infinity, ...told) : before)
  }
  return [...newest]
    .map(([sourceId, newestAt]) => ({ sourceId, newestAt }))
    .sort((a, b) => a.sourceId - b.sourceId)
}

function count(incoming: readonly Incoming[], verdicts: ReadonlyMap<Incoming, Outcome>) {
  const counts = { accepted: 0, unchanged: 0, conflicting: 0, stale: 0 }
  for (const one of incoming) counts[verdicts.get(one)!]++
  return counts
}
