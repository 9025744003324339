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

/** The spelling of "not stated": a blank, a dash, `(none)`. */
export function isNone(spelling: string): boolean {
  return spelling === '' || spelling === 'none'
}
