import { type Axis, NONE } from '#shared/view.ts'

/**
 * What two spellings of one name have in common: `Ward 17`, `WARD 17` and `ward-17` are the same.
 * Letters and digits of every script count, everything between them is one hyphen.
 */
export function spellingOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
}

/** Consultations, polls and what they hold are called by one exact name. */
export const isExact = (axis: Axis): boolean =>
  axis === 'consultation' ||
  axis === 'provision' ||
  axis === 'poll' ||
  axis === 'choice' ||
  axis === 'statement'

/** The same of an axis. */
export function spellingIn(axis: Axis, text: string): string {
  if (!isExact(axis)) return spellingOf(text)
  return text === NONE ? '' : text.toLowerCase()
}

/** The spelling of "not stated": a blank, a dash, `(none)`. */
export function isNone(spelling: string): boolean {
  return spelling === '' || spelling === 'none'
}
