/** Text without case and accents, so that "zurich" finds "Zürich". */
export const folded = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase()

/** Those whose label holds every word of a search, in their order; those it begins with come first. */
export function matching<T extends { label: string }>(items: readonly T[], search: string): T[] {
  const words = folded(search).split(/\s+/).filter(Boolean)
  const found = items.filter(({ label }) => words.every((word) => folded(label).includes(word)))
  const begins = ({ label }: T) => folded(label).startsWith(words.join(' '))
  return [...found.filter(begins), ...found.filter((item) => !begins(item))]
}
