import type { ViewSpec } from '#shared/view.ts'
import type { ClockMode } from '../cube/clock.ts'
import { understand } from '../cube/question.ts'
import type { Connections, Sql } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { checkLedger } from '../ledger/check.ts'
import { loadTerms, type Terms } from '../live/terms.ts'
import type { Progress } from '../progress.ts'
import { askFacts } from './ask-facts.ts'
import { askServers } from './ask-servers.ts'
import { checkActs } from './check-acts.ts'
import { checkJournal, type JournalCheck } from './check-journal.ts'
import { type Answered, areTermsChangedAfter, biggestMembers, estimateTickets } from './queries.ts'
import { auditQuestions } from './questions.ts'
import { type ProcessAudit, recountAnswers } from './recount-answers.ts'

/** Names that change while an audit runs make it begin again, so many times. */
const ATTEMPTS = 3

export interface Audit {
  asked: number
  /** False when a cube was built for the audit, because no server answered. */
  isLive: boolean
  processes: ProcessAudit[]
  journal: { seq: number; tickets: number; isAddedUp: boolean }
  acts: number
  differences: string[]
}

export interface AuditJob extends Connections {
  /** For the cube that is built when no server answers. */
  clock: ClockMode
  print: (line: string) => void
  /** What shows how far a step of the audit is. */
  showProgress: (label: string) => Progress
}

/** Recounts from the facts what every running server answers, while it goes on. */
export async function audit(job: AuditJob): Promise<Audit> {
  for (let attempt = 1; ; attempt++) {
    const { answers, done } = await auditOnce(job)
    const oldest = Math.min(...answers.map(({ at }) => at[0]))
    const isDisturbed = done.differences.length > 0 && (await areTermsChangedAfter(job.db, oldest))
    if (!isDisturbed || attempt === ATTEMPTS) return done
    job.print('Names or policies changed in the meantime: asking again.')
  }
}

async function auditOnce(job: AuditJob): Promise<{ answers: Answered[]; done: Audit }> {
  const { db, sql, clock, print } = job
  const termsBefore = await loadTerms(db)
  const { directory } = termsBefore
  const biggest = await biggestMembers(db)
  const questions = auditQuestions(
    new Map(
      [...biggest].map(([dimension, id]) => [dimension, directory.codeOf(directory.rootOf(id))]),
    ),
  ).filter((spec) => isAskable(spec, termsBefore))
  const told = await during(job, 'Asking', (progress) => askServers(db, questions, progress))
  const isLive = told.length > 0
  if (!isLive)
    print('No server answers, or none of this version: auditing a cube built from the same facts.')
  const answers = isLive ? told : await askFacts(job, questions, clock)

  const terms = await loadTerms(db)
  const tickets = await estimateTickets(db)
  const found = await during(job, 'Recounting', (progress) =>
    recountAnswers(sql, { answers, questions, terms, tickets, progress }),
  )
  const { differences: unequal, ...journal } = await during(job, 'Adding up', (progress) =>
    addUpJournal(sql, { terms, tickets, progress }),
  )
  const { acts, differences: altered } = await checkActs(sql)
  const done = {
    asked: questions.length,
    isLive,
    processes: found.processes,
    journal: { ...journal, isAddedUp: unequal !== undefined },
    acts,
    differences: [...found.differences, ...(unequal ?? []), ...altered, ...(await checkLedger(db))],
  }
  return { answers, done }
}

/** Runs a step of the audit under what shows how far it is. */
async function during<T>(
  { showProgress }: AuditJob,
  label: string,
  run: (progress: Progress) => Promise<T>,
): Promise<T> {
  const progress = showProgress(label)
  try {
    return await run(progress)
  } finally {
    progress.end()
  }
}

function addUpJournal(
  sql: Sql,
  { terms, tickets, progress }: { terms: Terms; tickets: number; progress: Progress },
): Promise<JournalCheck> {
  let n = 0
  const onTicket = () => {
    n++
    progress.show(Math.min(1, n / tickets), () => `${n} tickets`)
  }
  return checkJournal(sql, { directory: terms.directory, onTicket })
}

/** A city of a thousand areas has more rows of members over time than a view may. */
function isAskable(spec: ViewSpec, terms: Terms): boolean {
  try {
    return spec.over === undefined || understand(spec, () => terms) !== undefined
  } catch (error) {
    if (error instanceof HttpError) return false
    throw error
  }
}
