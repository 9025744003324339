import { untrack } from 'svelte'
import en from './en.json' with { type: 'json' }
import { type Catalogue, type Code, languages } from './languages.ts'
import { laterTexts } from './later-texts.ts'
import { createMessages } from './messages.ts'

const catalogues: Partial<Record<Code, Catalogue>> = { en: { ...en } }
/** The first words of what the pages say that were opened so far. */
const asked = new Set<string>()

const ready = (code: Code, catalogue: Catalogue) => ({
  ...languages[code],
  code,
  measures: catalogue.measures,
  say: createMessages(catalogue, languages[code]),
})

let current = $state.raw(ready('en', catalogues.en!))
let wanted: Code = 'en'

/** The language of the page: what is written by it is written anew when it changes. */
export const language = () => current

/** Fetches a language and changes to it; the last one asked for wins. Rejects when it cannot be had. */
export async function speak(code: Code): Promise<void> {
  wanted = code
  try {
    const catalogue = await fetchTexts(code)
    if (wanted === code) current = ready(code, catalogue)
  } catch (error) {
    if (wanted === code) wanted = current.code
    throw error
  }
}

/** Fetches what begins with one of these words, in the language of the page; from now on with every other too. */
export async function learn(words: readonly string[]): Promise<void> {
  for (const word of words) asked.add(word)
  const spoken = untrack(() => current.code)
  await Promise.all([...new Set([spoken, wanted])].map(fetchTexts))
}

/** What is said in a language by the pages that were opened so far. */
export async function fetchTexts(code: Code): Promise<Catalogue> {
  const first = languages[code].load()
  const later = [...asked].map(async (word) => (await laterTexts[code]?.[word]?.())?.default)
  const parts = await Promise.all([first, ...later])
  return (catalogues[code] = Object.assign(catalogues[code] ?? {}, ...parts) as Catalogue)
}
