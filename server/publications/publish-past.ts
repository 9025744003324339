import { calendarOf, type Calendar } from '../cube/calendar.ts'
import { type ClockMode, endOfMinute, readClock } from '../cube/clock.ts'
import type { Connections } from '../db/connect.ts'
import { loadDirectory } from '../dimensions/directory.ts'
import { headIn } from '../journal/head.ts'
import { currentPolicy } from '../policies/queries.ts'
import { inSnapshot } from '../tickets/facts.ts'
import { Archives } from './archives.ts'
import { countFromFacts } from './count-from-facts.ts'
import { dateAt, dayAfter } from './grid.ts'
import type { Stand } from './publish.ts'
import { scopeOf, type Subject, subjectsOf } from './subjects.ts'

interface Past extends Connections {
  clock: ClockMode
  /** Local dates; the last day is the one before `to`, or the last that has ended. */
  from: string
  to?: string | undefined
}

export interface ToldOf {
  name: string
  /** Windows that were published. */
  published: number
  /** Days that were left, because later ones are published already. */
  passed: number
}

/** Publishes days of the past, however old, from the stored tickets as they stand: the oldest first. */
export async function publishPast({ db, sql, clock, from, to }: Past): Promise<ToldOf[]> {
  const { policy } = await currentPolicy(db)
  const directory = await loadDirectory(db)
  const calendar = calendarOf(policy.timeZone)
  const subjects = subjectsOf(policy)
  const { dates, ...counted } = await inSnapshot(sql, async (snapshot) => {
    const head = await headIn(snapshot)
    const minute = endOfMinute(readClock(clock, head))
    const dates = datesFrom(from, least(to, dateAt(minute - 1, calendar)))
    const midnights = [from, ...dates].map((date) => calendar.startOf(date))
    const count = await countFromFacts(snapshot, midnights, subjects, directory)
    return { dates, at: [head.seq, minute] as const, count }
  })
  const archives = new Archives(db)
  const terms = {
    calendar,
    clock,
    since: calendar.startOf(from),
    stand: () => ({ ...counted, directory }),
  }
  const told: ToldOf[] = []
  for (const subject of subjects) told.push(await publishSubject(archives, subject, dates, terms))
  return told
}

interface Terms {
  calendar: Calendar
  clock: ClockMode
  since: number
  stand: () => Stand
}

async function publishSubject(
  archives: Archives,
  subject: Subject,
  dates: readonly string[],
  terms: Terms,
): Promise<ToldOf> {
  const next = await archives.nextDate(subject, terms)
  const due = dates.filter((date) => date >= next)
  let published = 0
  for (const date of due) published += await archives.publishOn(date, subject, terms)
  return { name: scopeOf(subject), published, passed: dates.length - due.length }
}

/** The dates at whose midnight a day ends: from the one after `first`, `last` included. */
function datesFrom(first: string, last: string): string[] {
  const dates: string[] = []
  for (let date = dayAfter(first); date <= last; date = dayAfter(date)) dates.push(date)
  return dates
}

const least = (a: string | undefined, b: string): string => (a !== undefined && a < b ? a : b)
