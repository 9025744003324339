/** Spoken by most of those who may write, besides those of the draft; whoever writes in none of them says so. */
const spoken = [
  ...[
    'ar',
    'bn',
    'de',
    'en',
    'es',
    'fa',
    'fr',
    'hi',
    'id',
    'it',
    'ja',
    'ko',
    'ms',
    'nl',
    'pl',
    'pt',
  ],
  ...['ru', 'sw', 'ta', 'th', 'tl', 'tr', 'uk', 'ur', 'vi', 'zh'],
]

export interface LanguageChoice {
  code: string
  /** What it calls itself. */
  name: string
}

/** That a comment may be said to be in; those of the draft first. Bounded, since each one that is used is kept. */
export function languageChoices(ofDraft: readonly string[]): LanguageChoice[] {
  const codes = [...new Set([...ofDraft, ...spoken])]
  return codes.map((code) => ({ code, name: nameOf(code) }))
}

function nameOf(code: string): string {
  const names = new Intl.DisplayNames(code, { type: 'language', fallback: 'code' })
  return names.of(code) ?? code
}

/** The first choice that a reader reads; empty: none. */
export function languageFor(languages: readonly string[], choices: readonly LanguageChoice[]) {
  const known = languages.flatMap((one) => [one, one.split('-')[0]!])
  return known.find((one) => choices.some(({ code }) => code === one)) ?? ''
}
