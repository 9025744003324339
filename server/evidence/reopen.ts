import { Evidence, type Reopened, type Today } from '#shared/oversight/evidence.ts'
import { HttpError } from '../http/errors.ts'
import type { Asking } from '../views/facts-desk.ts'
import { canonicalOf } from './canonical.ts'
import { type EvidenceDesk, iso } from './desk.ts'
import { answeringNow } from './answering.ts'
import { groupNow, sameGroup } from './group.ts'
import { commentGroupNow } from './comment-group.ts'
import { isRolling, numberNow, sameQuestion } from './number.ts'
import { pollNow } from './poll.ts'
import { provisionNow } from './provision.ts'
import { evidenceOf } from './queries.ts'
import { textsOf } from './texts.ts'
import { ticketNow } from './ticket.ts'

/**
 * Evidence as it was frozen, and the same question today. It was public when it was frozen and stays so;
 * what is asked today is under today's public rule. Throws a 404; a 500 when what is kept is not what its
 * hash says.
 */
export async function reopen(desk: EvidenceDesk, hash: string, asking: Asking): Promise<Reopened> {
  const row = await evidenceOf(desk.db, hash)
  if (!row) throw new HttpError(404, 'There is no evidence of this fingerprint.')
  const evidence = Evidence.parse(row.body)
  if (canonicalOf(evidence).hash !== hash) throw new Error(`evidence ${hash} has been altered`)
  const texts = await textsOf(desk.db, hash)
  const today = await todayOf(desk, evidence, asking)
  return { hash, evidence, frozenAt: iso(row.at), texts, today }
}

/**
 * A fixed window is asked again as the same. A window that rolls, such as the last 24 hours, is asked twice:
 * over the minutes it lay over then, where late and revised tickets show, and as it lies now.
 */
async function todayOf(desk: EvidenceDesk, evidence: Evidence, asking: Asking): Promise<Today> {
  if (evidence.kind === 'ticket') {
    return { kind: 'ticket', same: await ticketNow(desk, evidence) }
  }
  if (evidence.kind === 'provision') {
    return { kind: 'provision', same: await provisionNow(desk, evidence, asking) }
  }
  if (evidence.kind === 'comment-group') {
    return { kind: 'comment-group', same: await commentGroupNow(desk, evidence) }
  }
  if (evidence.kind === 'answering') {
    return { kind: 'answering', same: await answeringNow(desk, evidence) }
  }
  if (evidence.kind === 'poll') {
    return { kind: 'poll', same: await pollNow(desk, evidence, asking) }
  }
  if (evidence.kind === 'group') {
    const now = (question = evidence.question) => groupNow(desk, { evidence, question }, asking)
    const same = await now(sameGroup(evidence))
    const { window } = evidence.question
    const isRolled = window !== undefined && isRolling({ window })
    return { kind: 'group', same, ...(isRolled && { rolled: await now() }) }
  }
  const now = (question = sameQuestion(evidence)) => numberNow(desk, { evidence, question }, asking)
  const same = await now()
  const isRolled = isRolling(evidence.question)
  return { kind: 'number', same, ...(isRolled && { rolled: await now(evidence.question) }) }
}
