import { type Ruling, type RulingDeed, nextRuling } from '#shared/oversight/ruling.ts'
import type { Noun } from '../acts/noun.ts'

/** A statement lies where its poll does. */
export const rulingNoun: Noun<Ruling, RulingDeed> = {
  name: 'ruling',
  next: nextRuling,
  placeOf: (_, { body: { agency, area, category } }) => ({ agency, area, category }),
}
