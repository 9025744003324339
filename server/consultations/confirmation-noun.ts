import {
  type Confirmation,
  type ConfirmationDeed,
  nextConfirmation,
} from '#shared/oversight/confirmation.ts'
import type { Noun } from '../acts/noun.ts'

/** A draft lies where its consultation does. */
export const confirmationNoun: Noun<Confirmation, ConfirmationDeed> = {
  name: 'confirmation',
  next: nextConfirmation,
  placeOf: (_, { body: { agency, area, category } }) => ({ agency, area, category }),
}
