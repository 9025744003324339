import type { Match } from '#shared/consultations/match-drafts.ts'
import { addParticipation } from '../journal/comment-delta.ts'
import type { Delta } from '../journal/delta.ts'
import { pack } from '../journal/pack.ts'
import { appendToJournal, nextBatch } from '../journal/queries.ts'
import { contributionsVersion } from '#shared/measures/contributions.ts'
import type { Db } from '../db/connect.ts'
import {
  consultationById,
  draftOf,
  lockNames,
  mergeProvisions,
  setConfirmed,
} from './consultation-queries.ts'
import { gatherParticipations } from './gather-participations.ts'
import { provisionCode } from './row.ts'

/**
 * Shows a draft: its provisions go on as those they were matched with, and their comments with them. In
 * the transaction of what confirms it; whoever writes comments waits until it ends. False: there was nothing
 * to confirm, and nothing is changed.
 */
export async function confirmDraft(
  trx: Db,
  consultation: number,
  number: number,
): Promise<boolean> {
  const draft = await draftOf(trx, consultation, number)
  if (!draft || draft.confirmedAt !== null) return false
  const { code } = await consultationById(trx, consultation)
  const merges = (draft.matches ?? []).flatMap((match) => mergesOf(code, number, match))
  if (!(await setConfirmed(trx, consultation, number))) return false
  if (merges.length === 0) return true
  await lockNames(trx)
  await mergeProvisions(trx, merges)
  const delta: Delta = new Map()
  for (const { gone, first } of await gatherParticipations(trx, consultation)) {
    for (const one of gone) addParticipation(delta, one, -1)
    if (first) addParticipation(delta, first, 1)
  }
  await appendToJournal(trx, {
    batch: await nextBatch(trx),
    kind: 'members',
    contributions: contributionsVersion,
    events: 0,
    newestAt: null,
    delta: pack(delta),
  })
  return true
}

/** The first of the draft before stands for all that belongs to it now, but what was split off. */
function mergesOf(consultation: string, number: number, { before, after }: Match) {
  const [root, ...merged] = before.map((id) => provisionCode(consultation, number - 1, id))
  if (root === undefined || after.length === 0) return []
  const goesOn = provisionCode(consultation, number, after[0]!)
  return [goesOn, ...merged].map((from) => ({ from, into: root }))
}
