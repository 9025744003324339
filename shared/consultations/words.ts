/** A time or a decimal is one word: `01:00` does not become `00:30` by halves. */
const TOKEN = /\p{Script=Han}|\p{N}+(?:[:.,]\p{N}+)+|[\p{L}\p{M}\p{N}]+|\s+|[^]/gu

/** A text cut into words, single Chinese characters, and what stands between; joined they are the text. */
export const tokensOf = (text: string): string[] => text.match(TOKEN) ?? []

const WORD = /[\p{L}\p{N}]/u

/** How often a text says each of its words; of Chinese, each pair of characters that follow each other. */
export function bagOf(text: string): Map<string, number> {
  const bag = new Map<string, number>()
  let before = ''
  for (const token of tokensOf(text.toLowerCase())) {
    if (!WORD.test(token)) continue
    const isHan = /^\p{Script=Han}$/u.test(token)
    if (!isHan || before !== '') {
      const word = isHan ? before + token : token
      bag.set(word, (bag.get(word) ?? 0) + 1)
    }
    before = isHan ? token : ''
  }
  return bag
}

export const sizeOf = (bag: ReadonlyMap<string, number>): number =>
  bag.values().reduce((sum, n) => sum + n, 0)

/** How many words two bags have in common. */
export function sharedBy(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>) {
  const [small, large] = one.size < other.size ? [one, other] : [other, one]
  let n = 0
  for (const [word, count] of small) n += Math.min(count, large.get(word) ?? 0)
  return n
}
