import { contribute } from '#shared/measures/contributions.ts'
import type { Add } from '#shared/measures/part.ts'
import type { At } from '#shared/view.ts'
import { type ClockMode, endOfMinute, readClock } from '../cube/clock.ts'
import { Combinations } from '../cube/combinations.ts'
import { LiveView } from '../cube/live-view.ts'
import type { Question } from '../cube/question.ts'
import type { Sql } from '../db/connect.ts'
import { combinationOf } from '../journal/delta.ts'
import { headIn } from '../journal/head.ts'
import { eachTicketSince, inSnapshot } from '../tickets/facts.ts'

export interface FactsAnswer {
  view: LiveView
  at: At
  asOf: number
}

/**
 * Counts a view from the stored tickets, through the same function as the cube: for ranges older than
 * it holds. Memory is one view; time grows with what is stored since the range's start. The view is
 * not shown yet: names must be known up to `at` first.
 */
export function answerFromFacts(
  sql: Sql,
  question: Question,
  mode: ClockMode,
): Promise<FactsAnswer> {
  return inSnapshot(sql, async (snapshot) => {
    const head = await headIn(snapshot)
    const asOf = readClock(mode, head)
    const minute = endOfMinute(asOf)
    const combinations = new Combinations()
    const view = new LiveView(question, { combinations, minute })
    let combination = 0
    const add: Add = (part, at, n, bin) => {
      if (wanted.has(part.code)) view.add(part.code, at, combination, n, bin)
    }
    const wanted = new Set(question.parts.map(({ code }) => code))
    await eachTicketSince(snapshot, question.windowAt(minute).start, (ticket) => {
      combination = combinations.intern(combinationOf(ticket))
      contribute(ticket, add)
    })
    return { view, at: [head.seq, minute], asOf }
  })
}
