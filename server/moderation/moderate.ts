import { contributionsVersion } from '#shared/measures/contributions.ts'
import type { ModerationDeed } from '#shared/oversight/moderation.ts'
import { perform } from '../acts/perform.ts'
import { countChanges } from '../consultations/count-changes.ts'
import { type CommentKey, ruleOnComment } from '../consultations/queries.ts'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { pack } from '../journal/pack.ts'
import { appendToJournal, nextBatch } from '../journal/queries.ts'
import { moderationNoun } from './noun.ts'
import { moderationOf } from './queries.ts'

interface Moderating {
  /** Null: the system. */
  person: string | null
  key: string | null
  /** The id of the consultation that it must be on. */
  consultation: number
  comment: CommentKey
  deed: ModerationDeed
}

/** Withholds one comment, or publishes it again, by an act; all that is counted follows in its transaction. */
export async function moderate(
  db: Db,
  { person, key, consultation, comment, deed }: Moderating,
): Promise<{ act: { id: number; seq: number }; isRepeated: boolean }> {
  const found = await moderationOf(db, consultation, comment)
  if (!found) {
    throw new HttpError(404, 'There is no such comment.', { code: 'nothing-here' })
  }
  const { moderation: seen } = found
  const { act, isRepeated } = await perform(db, {
    ...{ person, key, noun: moderationNoun, deed },
    id: seen ?? undefined,
    also: (trx, moderation) => rule(trx, comment, { seen, moderation, deed }),
  })
  return { act, isRepeated }
}

interface Ruling {
  seen: number | null
  moderation: number
  deed: ModerationDeed
}

async function rule(
  trx: Db,
  comment: CommentKey,
  { seen, moderation, deed }: Ruling,
): Promise<void> {
  const withheldAs = deed.kind === 'comment.withheld' ? deed.body.withheldFor : null
  const batch = await nextBatch(trx)
  const before = await ruleOnComment(trx, comment, { moderation, seen, withheldAs, batch })
  if (!before) {
    throw new HttpError(409, 'Somebody was faster: look again.', { code: 'done-already' })
  }
  const after = { ...before, isPublished: before.isPublishedNow }
  await appendToJournal(trx, {
    batch,
    kind: 'comments',
    contributions: contributionsVersion,
    events: 1,
    newestAt: null,
    delta: pack(await countChanges(trx, [{ before, after }])),
  })
}
