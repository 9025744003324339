import { toldNouns } from '#shared/records.ts'
import { appointFirst } from '../../server/appointments/appoint-first.ts'
import { appointmentNoun } from '../../server/appointments/noun.ts'
import { perform } from '../../server/acts/perform.ts'
import type { Db } from '../../server/db/connect.ts'
import { appointing } from './asker.ts'

/** Somebody who acts, beside any server: `ines` of the secretariat appoints one after the other. */
export async function actOn(db: Db) {
  await appointFirst(db, 'ines')
  let made = 0
  const { person: _, role, from, until, jurisdiction, languages, ...texts } = appointing('')
  const body = {
    role: role as 'observer',
    from,
    until,
    jurisdiction,
    languages,
    isPseudonym: false,
  }

  return async () => {
    const deed = {
      kind: 'appointment.made' as const,
      body,
      texts: { ...texts, person: `person ${made++}` },
    }
    return perform(db, { person: 'ines', key: null, noun: appointmentNoun, deed })
  }
}

/** The seqs of all acts that followers are told, in order. */
export async function actSeqs(db: Db): Promise<number[]> {
  const rows = await db.selectFrom('act').select(['seq', 'subject']).orderBy('seq').execute()
  const isTold = (subject: string) => toldNouns.some((noun) => subject.startsWith(`${noun}:`))
  return rows.filter(({ subject }) => isTold(subject)).map(({ seq }) => seq)
}
