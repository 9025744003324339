import type { Audit } from './audit.ts'
import type { ProcessAudit } from './recount-answers.ts'

const SHOWN = 10

/** What an audit found, line by line. */
export function describeAudit(audit: Audit, seconds: number): string[] {
  const { asked, processes, differences } = audit
  return [
    `Asked ${whole(asked)} questions; compared with a recount of the tickets in ${seconds.toFixed(1)} s:`,
    ...processes.map(describeProcess),
    describeJournal(audit.journal),
    `  the acts: ${whole(audit.acts)}, folded again`,
    ...(differences.length === 0 ? ['The numbers are exact.'] : describeDifferences(differences)),
  ]
}

function describeProcess({ process, questions, rows, cells, from, to }: ProcessAudit): string {
  const span = from === to ? `at seq ${from}` : `from seq ${from} to ${to}`
  return `  ${process}: ${whole(questions)} questions, ${whole(rows)} rows, ${whole(cells)} cells ${span}`
}

function describeJournal({ seq, tickets, isAddedUp }: Audit['journal']): string {
  const known = `  the journal: ${whole(seq)} rows, ${whole(tickets)} tickets`
  return isAddedUp
    ? known
    : `${known}; written by several versions of the contributions, not added up`
}

function describeDifferences(differences: readonly string[]): string[] {
  const count =
    differences.length === 1 ? '1 difference' : `${whole(differences.length)} differences`
  const lead = differences.length > SHOWN ? `${count}, the first ${SHOWN}:` : `${count}:`
  return [lead, ...differences.slice(0, SHOWN).map((text) => `  ${text}`)]
}

const whole = (n: number): string => n.toLocaleString('en')
