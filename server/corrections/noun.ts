import type { Place } from '#shared/oversight/act.ts'
import {
  type Correction,
  type CorrectionDeed,
  nextCorrection,
} from '#shared/oversight/correction.ts'
import type { Noun } from '../acts/noun.ts'

/** Lies where the ticket did before it. */
export const correctionNoun: Noun<Correction, CorrectionDeed> = {
  name: 'correction',
  next: nextCorrection,
  placeOf: (_, { texts }) => JSON.parse(texts.place!) as Place,
}
