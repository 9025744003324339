import { contribute } from '#shared/measures/contributions.ts'
import type { Add } from '#shared/measures/part.ts'
import type { Ticket } from '#shared/ticket.ts'
import type { At } from '#shared/view.ts'
import { eachCommentFactAt, eachCommentFactSince, type VisitFact } from '../consultations/facts.ts'
import { type ClockMode, endOfMinute, readClock } from '../cube/clock.ts'
import { Combinations } from '../cube/combinations.ts'
import { LiveView } from '../cube/live-view.ts'
import type { Question } from '../cube/question.ts'
import type { Sql } from '../db/connect.ts'
import { combinationOf } from '../journal/delta.ts'
import { headIn } from '../journal/head.ts'
import { eachAnswerFactAt, eachAnswerFactSince } from '../polls/facts.ts'
import {
  countTickets,
  eachTicketAt,
  eachTicketSince,
  inSnapshot,
  type Snapshot,
} from '../tickets/facts.ts'

export interface FactsAnswer {
  view: LiveView
  at: At
  /** When the facts were read, by the deployment's clock. */
  asOf: number
}

export interface ToCount {
  questions: readonly Question[]
  /** Undefined: as of now. */
  at: At | undefined
  clock: ClockMode
  signal: AbortSignal
  /** Told now and then which share of the tickets has been read; never less than before. */
  onProgress: ((share: number) => void) | undefined
}

/**
 * Counts views from the stored tickets, through the same function as the cube: for ranges older than
 * it holds, and for the past by today's definitions. All are counted in one reading; memory is these
 * views, time grows with what is stored since the earliest start. They are not shown yet: names must
 * be known up to `at` first. Only the tables that they are about are read.
 */
export function answerFromFacts(sql: Sql, asked: ToCount): Promise<FactsAnswer[]> {
  const { questions, clock, signal } = asked
  return inSnapshot(
    sql,
    async (snapshot) => {
      const head = await headIn(snapshot)
      const asOf = readClock(clock, head)
      const at: At = asked.at ?? [head.seq, endOfMinute(asOf)]
      const [, minute] = at
      const combinations = new Combinations()
      const views = questions.map((question) => new LiveView(question, { combinations, minute }))
      const since = Math.min(...questions.map((question) => question.windowAt(minute).start))
      const into = countInto(views, combinations)
      const of = new Set(questions.flatMap(({ measures }) => measures.map(({ of }) => of)))
      if (of.has(undefined)) await eachTicket(snapshot, { ...asked, since }, into.ticket)
      if (of.has('comments')) await eachComment(snapshot, { at: asked.at, since }, into.fact)
      if (of.has('answers') || of.has('votes')) {
        await eachAnswer(snapshot, { at: asked.at, since }, into.fact)
      }
      return views.map((view) => ({ view, at, asOf }))
    },
    signal,
  )
}

interface Reading {
  at: At | undefined
  since: number
}

const eachComment = (snapshot: Snapshot, { at, since }: Reading, visit: VisitFact) =>
  at ? eachCommentFactAt(snapshot, at[0], visit) : eachCommentFactSince(snapshot, since, visit)

const eachAnswer = (snapshot: Snapshot, { at, since }: Reading, visit: VisitFact) =>
  at ? eachAnswerFactAt(snapshot, at[0], visit) : eachAnswerFactSince(snapshot, since, visit)

function countInto(
  views: readonly LiveView[],
  combinations: Combinations,
): { ticket: (ticket: Ticket) => void; fact: VisitFact } {
  const byPart = viewsByPart(views)
  let combination = 0
  const add: Add = ({ code }, minute, n, bin) => {
    const wanting = byPart.get(code)
    if (wanting) for (const view of wanting) view.add(code, minute, combination, n, bin)
  }
  return {
    ticket(ticket) {
      combination = combinations.intern(combinationOf(ticket))
      contribute(ticket, add)
    },
    fact(named, contributeTo) {
      combination = combinations.intern(named)
      contributeTo(add)
    },
  }
}

function viewsByPart(views: readonly LiveView[]): Map<number, LiveView[]> {
  const pairs = views.flatMap((view) => view.question.parts.map(({ code }) => ({ code, view })))
  const grouped = Map.groupBy(pairs, ({ code }) => code)
  return new Map([...grouped].map(([code, list]) => [code, list.map(({ view }) => view)]))
}

/** Tickets between two words about the progress. */
const STEP = 1024

async function eachTicket(
  snapshot: Snapshot,
  { at, since, onProgress }: ToCount & { since: number },
  visit: (ticket: Ticket) => void,
): Promise<void> {
  const seq = at?.[0]
  const total = onProgress && (await countTickets(snapshot, { seq, minute: since }))
  let read = 0
  const visitNext = (ticket: Ticket) => {
    visit(ticket)
    if (++read % STEP === 0 && total) onProgress?.(read / total)
  }
  if (seq === undefined) await eachTicketSince(snapshot, since, visitNext)
  else await eachTicketAt(snapshot, { seq, minute: since }, visitNext)
}
