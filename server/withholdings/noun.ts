import { nowhere } from '#shared/oversight/act.ts'
import {
  nextWithholding,
  type Withholding,
  type WithholdingDeed,
} from '#shared/oversight/withholding.ts'
import type { Noun } from '../acts/noun.ts'

/** A law holds in the whole city, so a withholding lies nowhere in particular. */
export const withholdingNoun: Noun<Withholding, WithholdingDeed> = {
  name: 'withholding',
  next: nextWithholding,
  placeOf: () => nowhere,
}
