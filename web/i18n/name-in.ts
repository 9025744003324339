import { language } from './language.svelte.ts'

/** What something is called in the language of the page; in English or any other where it has no such name. */
export function nameIn(names: Readonly<Record<string, string>>, otherwise: string): string {
  const { code, locale } = language()
  const related = Object.keys(names).find((tag) => tag.toLowerCase().split('-')[0] === code)
  const own = names[locale] ?? names[code] ?? (related && names[related])
  return own ?? names.en ?? Object.values(names)[0] ?? otherwise
}
