/** How well a text fits: 0 exactly, 1 from its beginning, 2 from the beginning of a word. */
export type Fit = 0 | 1 | 2

/** How a wanted text fits a name, both in one spelling. In scripts without spaces a word may begin anywhere. */
export function fitIn(name: string, wanted: string): Fit | undefined {
  if (name === wanted) return 0
  if (name.startsWith(wanted)) return 1
  const isWithin = isUnspaced(wanted) ? name.includes(wanted) : name.includes(`-${wanted}`)
  return isWithin ? 2 : undefined
}

export const isUnspaced = (text: string): boolean =>
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(text)
