import { nextReply, type Reply, type ReplyDeed } from '#shared/oversight/reply.ts'
import type { Noun } from '../acts/noun.ts'

/** Lies where its consultation does. */
export const replyNoun: Noun<Reply, ReplyDeed> = {
  name: 'reply',
  next: nextReply,
  placeOf: (_, { body: { agency, area, category } }) => ({ agency, area, category }),
}
