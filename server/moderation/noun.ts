import {
  type Moderation,
  type ModerationDeed,
  nextModeration,
} from '#shared/oversight/moderation.ts'
import type { Noun } from '../acts/noun.ts'

/** Lies where the consultation does that the comment is on. */
export const moderationNoun: Noun<Moderation, ModerationDeed> = {
  name: 'moderation',
  next: nextModeration,
  placeOf: (_, { body: { agency, area, category } }) => ({ agency, area, category }),
}
