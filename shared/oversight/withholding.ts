import { type Act, Refused, type Text } from './act.ts'

/** Why a law asks that a text be taken down. */
export const grounds = ['personal-data', 'court-order', 'secrecy', 'unlawful'] as const
export type Ground = (typeof grounds)[number]

/** Of one act: the texts are gone, the act and its commitments to them remain. */
export interface Withholding {
  /** The act's id, and what it was done to. */
  act: number
  of: string
  /** Their names in the act. */
  texts: string[]
  ground: Ground
  at: number
}

/** As everybody is told it: by the names of an act's texts, when each was taken down, by which act, and why. */
export type WithheldTexts = Record<string, { act: number; ground: Ground; at: string }>

export interface WithholdingDeed {
  kind: 'text.withheld'
  body: Omit<Withholding, 'at'>
  /** The order or the document, where there is one. */
  texts: { reason: Text }
}

/** Nothing is done to a withholding after it: what was taken down does not come back. */
export function nextWithholding(
  state: Withholding | undefined,
  { at, body }: Act<WithholdingDeed>,
): Withholding {
  if (state) throw new Refused('done-already', 'It was taken down already.')
  return { ...body, at }
}
