import { isDeepStrictEqual } from 'node:util'
import type { ConsultationEvent } from '#shared/consultations/events.ts'
import { inOneLanguage } from '#shared/consultations/in-one-language.ts'
import { matchDrafts } from '#shared/consultations/match-drafts.ts'
import type { Db } from '../db/connect.ts'
import { noteInJournal } from '../journal/note.ts'
import {
  type ConsultationRow,
  type DraftRow,
  draftsOf,
  insertDraft,
  lockConsultation,
  nameProvisions,
  type NewConsultation,
  upsertConsultation,
} from './consultation-queries.ts'
import { confirmDraft } from './confirm-draft.ts'
import { digestOf, provisionCode } from './row.ts'
import { settleDays } from './settle-days.ts'

export type Taken =
  'accepted' | 'unchanged' | 'conflicting' | 'stale' | { path: string; error: string }

export type Members = Pick<NewConsultation, 'id' | 'agency' | 'area' | 'category'>

/**
 * Writes one consultation in a transaction of its own, with the drafts that are new, the names of their
 * provisions, what its days change of the comments that came before, and a row of the journal by which every
 * process reads names again. Answers what became of it; a fault changes nothing.
 */
export function takeConsultation(
  db: Db,
  event: ConsultationEvent,
  { sourceId, members }: { sourceId: number; members: Members },
): Promise<{ taken: Taken; seq: number | undefined }> {
  const digest = digestOf(event)
  return db.transaction().execute(async (trx) => {
    const stored = await lockConsultation(trx, members.id)
    if (stored && stored.sourceId !== sourceId) return refused('id', 'belongs to another source')
    if (stored && event.version < stored.version) return { taken: 'stale', seq: undefined }
    if (stored && event.version === stored.version) {
      const isSame = digest.equals(stored.digest)
      return { taken: isSame ? 'unchanged' : 'conflicting', seq: undefined }
    }
    const drafts = new Map((await draftsOf(trx, members.id)).map((one) => [one.number, one]))
    const changed = event.drafts.find(({ number, texts }) => {
      const known = drafts.get(number)
      // In whatever order the database keeps what they hold.
      return known && !isDeepStrictEqual(known.texts, texts)
    })
    if (changed) return refused('drafts', `draft ${changed.number} was told with another text`)
    const adopted = event.outcome?.draft
    if (
      adopted !== undefined &&
      ![...drafts.keys(), ...event.drafts.map(numberOf)].includes(adopted)
    )
      return refused('outcome.draft', `draft ${adopted} was not told`)
    await upsertConsultation(trx, { ...rowOf(event, members), sourceId, digest })
    for (const draft of event.drafts.toSorted((one, other) => one.number - other.number)) {
      if (drafts.has(draft.number)) continue
      const before = drafts.get(draft.number - 1)
      const named = { id: members.id, code: event.id }
      drafts.set(draft.number, await addDraft(trx, named, { draft, before }))
    }
    const { opensAt, closesAt } = event
    if (stored?.opensAt !== opensAt || stored.closesAt !== closesAt) {
      await settleDays(trx, members.id, { opensAt, closesAt })
    }
    return { taken: 'accepted', seq: await noteInJournal(trx, 'members') }
  })
}

/**
 * Writes a draft that is new, and what it is proposed to have become of the provisions of the one before; a
 * first one is shown. In the transaction of what tells of it, while the consultation is held.
 */
export async function addDraft(
  trx: Db,
  { id, code }: Pick<ConsultationRow, 'id' | 'code'>,
  { draft, before }: { draft: Draft; before: DraftRow | undefined },
): Promise<DraftRow> {
  const row = { ...draft, consultation: id }
  const matches = before ? matchDrafts(...inOneLanguage(before.texts, row.texts)) : null
  await insertDraft(trx, { ...row, matches })
  await nameProvisions(trx, namesOf(code, draft))
  if (draft.number === 1) await confirmDraft(trx, id, 1)
  return { ...row, matches, confirmedAt: null }
}

const numberOf = ({ number }: Draft): number => number

const refused = (path: string, error: string) => ({ taken: { path, error }, seq: undefined })

type Draft = ConsultationEvent['drafts'][number]

function rowOf(
  { id: code, version, titles, summaries, opensAt, closesAt, hasForm, outcome }: ConsultationEvent,
  members: Members,
): Omit<NewConsultation, 'sourceId' | 'digest'> {
  return { ...members, code, version, titles, summaries, opensAt, closesAt, hasForm, outcome }
}

/** What each provision is called by the draft itself, in the draft's order. */
export function namesOf(
  consultation: string,
  { number, texts }: Pick<DraftRow, 'number' | 'texts'>,
) {
  const names = new Map<string, Record<string, string>>()
  for (const [language, provisions] of Object.entries(texts)) {
    for (const { id, label, heading } of provisions) {
      const code = provisionCode(consultation, number, id)
      const name = [label, heading].filter((part) => part !== '').join(' ')
      names.set(code, { ...names.get(code), ...(name !== '' && { [language]: name }) })
    }
  }
  return [...names].map(([code, own]) => ({ code, names: own }))
}
