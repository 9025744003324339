import { called } from '../../consultations/called.ts'
import { type ConsultationRow, draftsOf } from '../../consultations/consultation-queries.ts'
import { provisionNamed, replyDeed } from '../../replies/deed.ts'
import { replyNoun } from '../../replies/noun.ts'
import { replyTo } from '../../replies/queries.ts'
import type { DemoReply } from './replies.ts'
import { once, type Stage } from './stage.ts'

/** Answers what was said on a provision, unless somebody has answered it. */
export async function tellReply(stage: Stage, reply: DemoReply): Promise<void> {
  const { consultation, article, as, ...form } = reply
  const { db, engine } = stage.desk
  const name = `reply ${consultation} ${article || 'whole'}`
  const deed = async () => {
    const row = await called(db, consultation)
    const terms = engine.terms
    const provision = provisionNamed(keyOf(row, article), { row, terms })
    const ids = provision === 0 ? [0] : terms.directory.idsOf(provision)
    if ((await replyTo(db, row.code, { provisions: ids })) !== undefined) return undefined
    const drafts = (await draftsOf(db, row.id)).filter(({ confirmedAt }) => confirmedAt !== null)
    return replyDeed({ about: { provision }, provision }, form, { row, drafts, terms })
  }
  await once(stage, { name, as, noun: replyNoun, deed })
}

const keyOf = ({ code }: ConsultationRow, article: string): string =>
  article === '' ? '(none)' : `${code}/1/${article}`
