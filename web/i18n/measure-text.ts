import type { Measure } from '#shared/measures/measure.ts'
import { type Language, languages, type Text } from '#shared/measures/text.ts'
import { language } from './language.svelte.ts'

/** What a measure says of itself in the language of the page; in English where it does not know that one. */
export function textOf(
  { id, text }: Pick<Measure, 'id' | 'text'>,
  tag: string = language().code,
): Text {
  const { code, measures } = language()
  const [primary] = tag.toLowerCase().split('-')
  const brought = primary === code ? measures?.[id] : undefined
  return brought ?? text[languages.find((known): known is Language => known === primary) ?? 'en']
}
