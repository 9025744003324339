import type { Correction, CorrectionDeed } from '#shared/oversight/correction.ts'
import { appointed, perform, type Performed, performWithin } from '../acts/perform.ts'
import { keyOf } from '../acts/key.ts'
import type { Db } from '../db/connect.ts'
import { flagNoun } from '../flags/noun.ts'
import { applyCorrection, type Correcting } from './apply.ts'
import { correctionNoun } from './noun.ts'

interface Asked extends Correcting {
  /** Null: the system. */
  person: string | null
  /** A UUID; null: none was made. */
  key: string | null
  /** Of the ticket, as `MARK/ID`. */
  address: string
  flag: number | null
  /** Of the flag, as the person saw it. */
  version?: number | undefined
  reason: string
}

/**
 * Corrects a ticket by an act, with all that is counted of it; a flag that this answers is told so by an act of its
 * own. Who may correct a ticket may so both where it lies and where it lies then.
 */
export function correct(db: Db, asked: Asked): Promise<Performed<Correction>> {
  const { person, key, address: ticket, flag, changes, reason, place } = asked
  const deed: CorrectionDeed = {
    kind: 'ticket.corrected',
    body: { ticket, flag, changes: [...changes] },
    texts: { reason, place: JSON.stringify(place) },
  }
  return perform(db, {
    ...{ person, key, noun: correctionNoun, deed },
    async also(trx, correction) {
      const then = await applyCorrection(trx, correction, asked)
      if (person !== null) await appointed(trx, { ...then, person, kind: deed.kind })
      if (flag !== null) await tellFlag(trx, correction, { ...asked, flag })
    },
  })
}

function tellFlag(
  trx: Db,
  correction: number,
  { person, key, flag, version, address: ticket }: Asked & { flag: number },
) {
  return performWithin(trx, {
    ...{ person, noun: flagNoun, id: flag, seen: version },
    key: key && keyOf(key, 'flag'),
    deed: { kind: 'flag.corrected', body: { ticket, correction }, texts: { text: null } },
  })
}
