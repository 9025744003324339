import type { Claim, Evidence, Frozen } from '#shared/oversight/evidence.ts'
import { requirePicture } from '../attachments/publish.ts'
import type { Db } from '../db/connect.ts'
import type { Asking } from '../views/facts-desk.ts'
import { canonicalOf } from './canonical.ts'
import type { EvidenceDesk, Weighed } from './desk.ts'
import { weighAnswering } from './answering.ts'
import { weighCommentGroup } from './comment-group.ts'
import { weighGroup } from './group.ts'
import { weighNumber } from './number.ts'
import { weighPoll } from './poll.ts'
import { weighProvision } from './provision.ts'
import { insertEvidence } from './queries.ts'
import { insertTexts, type SaltedText } from './texts.ts'
import { weighTicket } from './ticket.ts'

/** Milliseconds that asking again may take. */
const PATIENCE = 20_000

export interface Kept extends Frozen, Pick<Weighed, 'about'> {
  texts: readonly SaltedText[]
}

/**
 * What a claim shows to be right, with its hash; keeps nothing. May take seconds where only the tickets
 * tell: to be done before a transaction begins. Throws a 409 where what the page says was not shown.
 */
export async function weigh(
  desk: EvidenceDesk,
  claim: Claim,
  asking: Asking = { signal: AbortSignal.timeout(PATIENCE) },
): Promise<Kept> {
  const { evidence, about, texts = [] } = await weighed(desk, claim, asking)
  return { hash: canonicalOf(evidence).hash, evidence, about, texts }
}

function weighed(desk: EvidenceDesk, claim: Claim, asking: Asking): Promise<Weighed> {
  switch (claim.kind) {
    case 'number':
      return weighNumber(desk, { claim, asking })
    case 'ticket':
      return weighTicket(desk, { claim, asking })
    case 'group':
      return weighGroup(desk, { claim, asking })
    case 'provision':
      return weighProvision(desk, { claim, asking })
    case 'comment-group':
      return weighCommentGroup(desk, { claim, asking })
    case 'answering':
      return weighAnswering(desk, { claim, asking })
    case 'poll':
      return weighPoll(desk, { claim, asking })
  }
}

/** Keeps what was weighed, in the transaction of the act that points at it; `person` brought its picture. */
export async function keep(
  trx: Db,
  { evidence, texts = [] }: { evidence: Evidence; texts?: readonly SaltedText[] },
  person: string,
): Promise<void> {
  const { picture } = evidence
  if (picture !== null) await requirePicture(trx, picture, person)
  const canonical = canonicalOf(evidence)
  await insertEvidence(trx, canonical, picture)
  await insertTexts(trx, canonical.hash, texts)
}

/** Weighs a claim and keeps it: `weigh` and `keep` in one, where nothing is locked meanwhile. */
export async function freeze(
  db: Db,
  desk: EvidenceDesk,
  { claim, person }: { claim: Claim; person: string },
): Promise<Kept> {
  const kept = await weigh(desk, claim)
  await keep(db, kept, person)
  return kept
}
