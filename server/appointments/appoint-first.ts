import type { Db } from '../db/connect.ts'
import { perform } from '../acts/perform.ts'
import { HttpError } from '../http/errors.ts'
import { appointmentNoun } from './noun.ts'
import { hasSecretariat, localDate } from './queries.ts'

/**
 * The system appoints the first secretariat; everybody else is appointed by somebody. Throws a 409 when
 * there is a secretariat already. Answers the id of the appointment.
 */
export async function appointFirst(db: Db, personId: string): Promise<number> {
  if (await hasSecretariat(db)) throw new HttpError(409, 'There is a secretariat already.')
  const { act } = await perform(db, {
    person: null,
    key: null,
    noun: appointmentNoun,
    deed: {
      kind: 'appointment.made',
      body: {
        role: 'secretariat',
        from: await localDate(db),
        until: null,
        jurisdiction: { agencies: null, areas: null, categories: null },
        languages: [],
        isPseudonym: false,
      },
      texts: {
        person: personId,
        name: 'Secretariat',
        title: 'Secretariat',
        appointingBody: 'Clerestory',
        instrument: 'First start',
      },
    },
  })
  return act.id
}
