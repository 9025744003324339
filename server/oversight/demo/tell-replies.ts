import type { ReplyDeed } from '#shared/oversight/reply.ts'
import { largestGroups, wordingsOf } from '../../comment-groups/reading-queries.ts'
import { called } from '../../consultations/called.ts'
import { type ConsultationRow, draftsOf } from '../../consultations/consultation-queries.ts'
import type { Db } from '../../db/connect.ts'
import { provisionNamed, replyDeed, type ReplyForm, type Subject } from '../../replies/deed.ts'
import { replyNoun } from '../../replies/noun.ts'
import { replyTo } from '../../replies/queries.ts'
import type { DemoLetterReply, DemoReply } from './replies.ts'
import { once, type Stage } from './stage.ts'

export const replyName = ({ consultation, article }: DemoReply): string =>
  `reply ${consultation} ${article || 'whole'}`
export const letterName = ({ consultation, begins }: DemoLetterReply): string =>
  `letter ${consultation} ${begins}`

/** Answers what was said on a provision, unless somebody has answered it. */
export async function tellReply(stage: Stage, reply: DemoReply): Promise<void> {
  const { consultation, article, as, day: _, ...form } = reply
  const { db, engine } = stage.desk
  const deed = async () => {
    const row = await called(db, consultation)
    const terms = engine.terms
    const provision = provisionNamed(keyOf(row, article), { row, terms })
    const ids = provision === 0 ? [0] : terms.directory.idsOf(provision)
    if ((await replyTo(db, row.code, { provisions: ids })) !== undefined) return undefined
    return deedOf(stage, row, { about: { provision }, provision, form })
  }
  await once(stage, { name: replyName(reply), as, noun: replyNoun, deed })
}

/** Answers a letter, unless somebody has, once enough of it is grouped that it is among the largest: until then undefined. */
export async function tellLetterReply(
  stage: Stage,
  reply: DemoLetterReply,
): Promise<number | undefined> {
  const { consultation, begins, as, day: _, ...form } = reply
  const { db, engine } = stage.desk
  const deed = async () => {
    const row = await called(db, consultation)
    const group = await groupSaying(db, row.id, begins)
    if (!group || (await replyTo(db, row.code, { groups: [group.id] }))) return undefined
    const provision = engine.terms.directory.rootOf(group.provision)
    return deedOf(stage, row, { about: { group: group.id }, provision, form })
  }
  return once(stage, { name: letterName(reply), as, noun: replyNoun, deed })
}

/** Groups among which a letter is looked for. */
const LARGEST = 10

async function groupSaying(db: Db, consultation: number, begins: string) {
  const groups = await largestGroups(db, { consultation, after: undefined, limit: LARGEST })
  const ids = groups.map(({ id }) => id)
  const said = (await wordingsOf(db, ids, { limit: 1 })).find(({ text }) => text.startsWith(begins))
  return groups.find(({ id }) => id === said?.group)
}

async function deedOf(
  { desk }: Stage,
  row: ConsultationRow,
  { form, ...subject }: Subject & { form: ReplyForm },
): Promise<ReplyDeed> {
  const drafts = (await draftsOf(desk.db, row.id)).filter(({ confirmedAt }) => confirmedAt !== null)
  return replyDeed(subject, form, { row, drafts, terms: desk.engine.terms })
}

const keyOf = ({ code }: ConsultationRow, article: string): string =>
  article === '' ? '(none)' : `${code}/1/${article}`
