import { type Act, Refused, type Text } from './act.ts'

/** Why a law asks that a text or a file be taken down. */
export const grounds = ['personal-data', 'court-order', 'secrecy', 'unlawful'] as const
export type Ground = (typeof grounds)[number]

interface Under {
  /** The id of the act that brought it, and what that was done to. */
  act: number
  of: string
  ground: Ground
}

/** Of one act: the texts are gone, the act and its commitments to them remain. */
interface OfTexts extends Under {
  /** Their names in the act. */
  texts: string[]
}

/** The file is gone, whichever acts name it; their rows and its hash remain. */
interface OfFile extends Under {
  /** SHA-256, in hexadecimal. */
  file: string
}

export type Withholding = (OfTexts | OfFile) & { at: number }

/**
 * As everybody is told it: by the names of an act's texts, and by the hashes of its files, when each was taken
 * down, by which act, and why.
 */
export type WithheldTexts = Record<string, { act: number; ground: Ground; at: string }>

/** `reason` is the order or the document, where there is one. */
export type WithholdingDeed =
  | { kind: 'text.withheld'; body: OfTexts; texts: { reason: Text } }
  | { kind: 'file.withheld'; body: OfFile; texts: { reason: Text } }

/** Nothing is done to a withholding after it: what was taken down does not come back. */
export function nextWithholding(
  state: Withholding | undefined,
  { at, body }: Act<WithholdingDeed>,
): Withholding {
  if (state) throw new Refused('done-already', 'It was taken down already.')
  return { ...body, at }
}
