/** The value in the first language that the reader reads, `zh` for `zh-CN` too; undefined: in none. */
export function inFirst<T>(
  all: Readonly<Record<string, T>>,
  languages: readonly string[],
): T | undefined {
  const known = languages
    .flatMap((one) => [one, one.split('-')[0]!])
    .find((one) => Object.hasOwn(all, one))
  return known === undefined ? undefined : all[known]
}

/** The text in the first language that the reader reads, or in any. */
export const textIn = (texts: Readonly<Record<string, string>>, languages: readonly string[]) =>
  inFirst(texts, languages) ?? Object.values(texts)[0] ?? ''
