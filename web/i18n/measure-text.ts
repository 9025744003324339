import type { Measure } from '#shared/measures/measure.ts'
import { type Language, languages, type Text } from '#shared/measures/text.ts'

/** What a measure says of itself in the language of the page; in English where it does not know that one. */
export function textOf({ text }: Pick<Measure, 'text'>, language = pageLanguage()): Text {
  const [primary] = language.toLowerCase().split('-')
  return text[languages.find((known): known is Language => known === primary) ?? 'en']
}

const pageLanguage = (): string => globalThis.document?.documentElement.lang ?? 'en'
