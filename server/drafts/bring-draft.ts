import { hash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { BroughtDraft } from '#shared/consultations/events.ts'
import type { Place } from '#shared/oversight/act.ts'
import { perform } from '../acts/perform.ts'
import { confirmationNoun } from '../consultations/confirmation-noun.ts'
import {
  type ConsultationRow,
  draftsOf,
  lockConsultation,
} from '../consultations/consultation-queries.ts'
import { addDraft } from '../consultations/take-consultation.ts'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { noteInJournal } from '../journal/note.ts'

interface Bringing {
  person: string
  key: string
  consultation: ConsultationRow
  /** Where it lies, by the members that its own stand for now. */
  place: Place
  draft: BroughtDraft
}

/** Adds a draft to a consultation by an act; a first one is shown at once, a later one once it is confirmed. */
export async function bringDraft(
  db: Db,
  { person, key, consultation, place, draft: { publishedAt = Date.now(), texts } }: Bringing,
) {
  const number = nextOf(await draftsOf(db, consultation.id))
  if (number > 50) throw new HttpError(409, 'A consultation has 50 drafts at most.')
  const all = Object.values(texts)
  return perform(db, {
    person,
    key,
    noun: confirmationNoun,
    deed: {
      kind: 'draft.brought',
      body: {
        ...place,
        consultation: consultation.code,
        draft: number,
        languages: Object.keys(texts).sort(),
        provisions: Math.max(...all.map((provisions) => provisions.length)),
        hash: hash('sha256', canonicalize(texts)!),
      },
      texts: {},
    },
    async also(trx) {
      await lockConsultation(trx, consultation.id)
      const drafts = await draftsOf(trx, consultation.id)
      if (nextOf(drafts) !== number) {
        throw new HttpError(409, 'Another draft came just now: look again.', {
          code: 'done-already',
        })
      }
      await addDraft(trx, consultation, {
        draft: { number, publishedAt, texts },
        before: drafts.at(-1),
      })
      await noteInJournal(trx, 'members')
    },
  })
}

const nextOf = (drafts: readonly { number: number }[]): number => (drafts.at(-1)?.number ?? 0) + 1
