/** Whatever is neither a letter nor a digit of any script: it is not what makes two letters different. */
const BETWEEN = /[^\p{L}\p{M}\p{N}]+/gu

/**
 * A text in one spelling: capitals, widths of letters, spaces and marks are no difference. Of a text that
 * holds no letter (`👍👍`) what it holds stays.
 */
export function plainText(text: string): string {
  const folded = text.normalize('NFKC').toLowerCase()
  const plain = folded.replace(BETWEEN, ' ').trim()
  return plain === '' ? folded.replace(/\s+/gu, ' ').trim() : plain
}
