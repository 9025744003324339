import { commentAxes } from '#shared/consultations/comment.ts'
import type { CommentEvent, ConsultationEvent } from '#shared/consultations/events.ts'
import type { Receipt, TicketEvent } from '#shared/events.ts'
import { dimensions } from '#shared/ticket.ts'
import type { Axis } from '#shared/view.ts'
import { type CommentRow, provisionCode, rowOfComment } from '../consultations/row.ts'
import { takeConsultation } from '../consultations/take-consultation.ts'
import { daysIn, outsideDays } from '../consultations/within-days.ts'
import type { Db } from '../db/connect.ts'
import { openRegistry } from '../dimensions/registry.ts'
import { ring } from '../journal/queries.ts'
import { type Decide, decideBy } from '../policies/decide.ts'
import { PolicyChanged } from '../policies/policy-changed.ts'
import { allPolicies } from '../policies/queries.ts'
import type { Heard } from '../sources/queries.ts'
import { rowOf } from '../tickets/row.ts'
import type { AnswerRow } from '../polls/row.ts'
import { ingest, type Ingested } from './ingest.ts'
import { consultationsOf } from './ingest-comments.ts'
import { isOfPolls, openAnswers } from './prepare-answers.ts'
import { type IntakeEvent, newestTime } from './read-event.ts'
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
  comments: Incoming<CommentRow>[]
  answers: Incoming<AnswerRow>[]
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
  submit(sourceId: number, events: readonly IntakeEvent[]): Promise<Tally>
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
  const polls = openAnswers(db, membersOf)
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
      const comments = submissions.flatMap((submission) => submission.comments)
      const answers = submissions.flatMap((submission) => submission.answers)
      try {
        return await ingest(db, {
          incoming,
          comments,
          answers,
          heard: heardOf(submissions),
          policyVersion: newest,
        })
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

  async function prepare(sourceId: number, events: readonly IntakeEvent[]): Promise<Prepared> {
    const prepared: Prepared = { ...nothingPrepared(), policyVersion: policies.newest }
    for (const [index, event] of events.entries()) {
      const full = await prepareOne(prepared, event, { sourceId, index })
      if (full === undefined) continue
      const error = 'names one more than this city can hold'
      prepared.refused.push({ index, path: full, error })
    }
    return prepared
  }

  /** The axis that has no place for one more, if any. */
  async function prepareOne(
    prepared: Prepared,
    event: IntakeEvent,
    place: Place,
  ): Promise<Axis | undefined> {
    if (event.type === 'ticket') return prepareTicket(prepared, event, place.sourceId)
    if (event.type === 'comment') return prepareComment(prepared, event, place)
    if (isOfPolls(event)) return undefined
    const named = { ...event, consultation: event.id }
    const members = await membersOf(named, ['consultation', 'agency', 'area', 'category'] as const)
    if (typeof members === 'string') return members
    prepared.consultations.push({ index: place.index, event, members })
    return undefined
  }

  async function prepareTicket(prepared: Prepared, event: TicketEvent, sourceId: number) {
    const members = await membersOf(event, dimensions)
    if (typeof members === 'string') return members
    const decision = policies.decide({
      receivedAt: event.receivedAt,
      statedDueAt: event.dueAt,
      surveySatisfaction: event.survey?.satisfaction ?? null,
      category: registry.spellingOf(members.category),
    })
    const row = rowOf(event, { sourceId, members, decision })
    prepared.incoming.push({ row, newestAt: newestTime(event) })
    return undefined
  }

  async function prepareComment(
    prepared: Prepared,
    event: CommentEvent,
    { sourceId, index }: Place,
  ) {
    const { consultation, draft, provision } = event
    const code = provision && provisionCode(consultation, draft, provision)
    const members = await membersOf({ ...event, provision: code }, commentAxes)
    if (typeof members === 'string') return members
    const row = rowOfComment(event, { sourceId, members })
    prepared.comments.push({ row, newestAt: event.receivedAt, index })
    return undefined
  }

  /** As far as they are known, also by the same request. */
  async function refuseOutsideDays(prepared: Prepared): Promise<void> {
    if (prepared.comments.length === 0) return
    const days = await daysIn(db, consultationsOf(prepared.comments))
    prepared.comments = prepared.comments.filter(({ row, index }) => {
      const own = days.get(row.consultation)
      const fault = own && outsideDays(own, row.receivedAt)
      if (fault) prepared.refused.push({ index, ...fault })
      return !fault
    })
  }

  /** The ids of the members an event names, or the axis that has no place for one more. */
  async function membersOf<A extends Axis>(
    event: Record<A, string | null>,
    named: readonly A[],
  ): Promise<Record<A, number> | A> {
    const members = {} as Record<A, number>
    for (const axis of named) {
      const code = event[axis]
      const id = registry.idOf(axis, code) ?? (await registry.register(axis, code!))
      if (id === undefined) return axis
      members[axis] = id
    }
    return members
  }

  /** One after the other, each in a transaction of its own: they are few, and later ones build on earlier. */
  async function takeConsultations(prepared: Prepared, sourceId: number): Promise<number> {
    let seq = 0
    for (const { index, event, members } of prepared.consultations) {
      const { consultation: id, ...others } = members
      const result = await takeConsultation(db, event, { sourceId, members: { id, ...others } })
      if (typeof result.taken === 'string') prepared.counts[result.taken]++
      else prepared.refused.push({ index, ...result.taken })
      seq = Math.max(seq, result.seq ?? 0)
    }
    return seq
  }

  return {
    async submit(sourceId, events) {
      const prepared = await prepare(sourceId, events)
      const told = await takeConsultations(prepared, sourceId)
      await refuseOutsideDays(prepared)
      const { incoming, comments, policyVersion, refused } = prepared
      const polled = await polls.prepare(sourceId, events)
      const { answers } = polled
      const result = await new Promise<Ingested>((done, failed) => {
        waiting.push({ sourceId, incoming, comments, answers, policyVersion, done, failed })
        start()
      })
      const batched = [...incoming, ...comments, ...answers]
      const counts = count(sumOf(prepared.counts, polled.counts), batched, result.verdicts)
      const seq = Math.max(told, polled.seq, result.seq)
      return { ...counts, refused: [...refused, ...polled.refused], seq }
    },
    get backlog() {
      return waiting.reduce((sum, submission) => sum + sizeOf(submission), 0)
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

const sizeOf = ({ incoming, comments, answers }: Submission): number =>
  incoming.length + comments.length + answers.length

/** The events of a request, with the members they name. */
interface Prepared extends Pick<Submission, 'incoming' | 'policyVersion'> {
  comments: (Incoming<CommentRow> & { index: number })[]
  consultations: { index: number; event: ConsultationEvent; members: ConsultationMembers }[]
  refused: Refused[]
  counts: Record<Outcome, number>
}

/** By whom an event was told, and where in the request. */
interface Place {
  sourceId: number
  index: number
}

type ConsultationMembers = Record<'consultation' | 'agency' | 'area' | 'category', number>

const nothingPrepared = (): Prepared => ({
  incoming: [],
  comments: [],
  policyVersion: 0,
  consultations: [],
  refused: [],
  counts: { accepted: 0, unchanged: 0, conflicting: 0, stale: 0 },
})

function takeBatch(waiting: Submission[]): Submission[] {
  let events = 0
  let count = 0
  while (count < waiting.length) {
    events += sizeOf(waiting[count]!)
    if (count > 0 && events > BATCH) break
    count++
  }
  return waiting.splice(0, count)
}

function heardOf(submissions: readonly Submission[]): Heard[] {
  const newest = new Map<number, number | null>()
  for (const { sourceId, incoming, comments, answers } of submissions) {
    const told = [...incoming, ...comments, ...answers].map(({ newestAt }) => newestAt)
    const before = newest.get(sourceId) ?? null
    newest.set(sourceId, told.length > 0 ? Math.max(before ?? -Infinity, ...told) : before)
  }
  return [...newest]
    .map(([sourceId, newestAt]) => ({ sourceId, newestAt }))
    .sort((a, b) => a.sourceId - b.sourceId)
}

function sumOf(
  one: Record<Outcome, number>,
  other: Record<Outcome, number>,
): Record<Outcome, number> {
  return {
    accepted: one.accepted + other.accepted,
    unchanged: one.unchanged + other.unchanged,
    conflicting: one.conflicting + other.conflicting,
    stale: one.stale + other.stale,
  }
}

function count(
  counts: Record<Outcome, number>,
  incoming: readonly object[],
  verdicts: ReadonlyMap<object, Outcome>,
) {
  for (const one of incoming) counts[verdicts.get(one)!]++
  return counts
}
