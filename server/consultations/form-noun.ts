import {
  type FormSwitch,
  type FormSwitchDeed,
  nextFormSwitch,
} from '#shared/oversight/form-switch.ts'
import type { Noun } from '../acts/noun.ts'

/** Lies where its consultation does. */
export const formNoun: Noun<FormSwitch, FormSwitchDeed> = {
  name: 'form',
  next: nextFormSwitch,
  placeOf: (_, { body: { agency, area, category } }) => ({ agency, area, category }),
}
