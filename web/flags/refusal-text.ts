import { Refused } from '../api/ask.ts'
import { refusalText as textOf } from '../api/refusal-text.ts'

/** Why something was not done, whatever was thrown. */
export const refusalText = (error: unknown): string =>
  textOf(error instanceof Refused ? error : new Refused(0))
