import type { Text } from '#shared/measures/text.ts'
import en from './en.json' with { type: 'json' }

export type Key = keyof typeof en
/** Every message of the page in one language, as ICU MessageFormat. */
export type Catalogue = Readonly<Record<Key, string>> & {
  /** What the measures say, by their ids, where they do not bring it themselves. */
  readonly measures?: Readonly<Record<string, Text>>
}

interface Language {
  /** What it calls itself. */
  name: string
  /** How numbers and times are written. */
  locale: string
  direction: 'ltr' | 'rtl'
  load(): Promise<Catalogue>
}

/** The languages of the page by their code, as `lang` has it. A new one is a line here and its catalogue. */
export const languages = {
  en: { name: 'English', locale: 'en-GB', direction: 'ltr', load: async () => en },
  zh: {
    name: '中文',
    locale: 'zh-CN',
    direction: 'ltr',
    load: async () => (await import('./zh.json')).default,
  },
} satisfies Record<string, Language>

export type Code = keyof typeof languages
export const codes = Object.keys(languages) as Code[]

/** The first of the wanted languages that the page has: `zh-CN` and `zh-Hant` are both `zh`. English otherwise. */
export function languageFor(wanted: readonly (string | null | undefined)[]): Code {
  const primaries = wanted.map((tag) => tag?.toLowerCase().split('-')[0])
  const first = primaries.find((primary) => codes.some((code) => code === primary))
  return (first as Code | undefined) ?? 'en'
}
