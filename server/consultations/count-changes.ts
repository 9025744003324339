import type { Comment } from '#shared/consultations/comment.ts'
import { addComment, addParticipation } from '../journal/comment-delta.ts'
import type { Delta } from '../journal/delta.ts'
import type { Db } from '../db/connect.ts'
import { countParticipations, type Said } from './participations.ts'

type Told = Comment & Pick<Said, 'speaker' | 'person'>

/** A comment as it was, undefined where it is new, and as it is. */
export interface CommentChange {
  before: Told | undefined
  after: Told
}

/** What changed comments change of all counts; counts anew who took part, in the transaction that wrote them. */
export async function countChanges(trx: Db, changes: readonly CommentChange[]): Promise<Delta> {
  const delta: Delta = new Map()
  const said: { said: Said; n: 1 | -1 }[] = []
  for (const { before, after } of changes) {
    if (before) {
      addComment(delta, before, -1)
      said.push({ said: saidBy(before), n: -1 })
    }
    addComment(delta, after, 1)
    said.push({ said: saidBy(after), n: 1 })
  }
  for (const { before, after } of await countParticipations(trx, said)) {
    addParticipation(delta, before, -1)
    addParticipation(delta, after, 1)
  }
  return delta
}

const saidBy = (comment: Told): Said => ({
  consultation: comment.consultation,
  provision: comment.provision,
  receivedAt: comment.receivedAt,
  isPublished: comment.isPublished === true,
  speaker: comment.speaker,
  person: comment.person,
})
