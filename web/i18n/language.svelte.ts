import en from './en.json' with { type: 'json' }
import { type Catalogue, type Code, languages } from './languages.ts'
import { createMessages } from './messages.ts'

const ready = (code: Code, catalogue: Catalogue) => ({
  ...languages[code],
  code,
  say: createMessages(catalogue, languages[code].locale),
})

let current = $state.raw(ready('en', en))
let wanted: Code = 'en'

/** The language of the page: what is written by it is written anew when it changes. */
export const language = () => current

/** Fetches a language and changes to it; the last one asked for wins. Rejects when it cannot be had. */
export async function speak(code: Code): Promise<void> {
  wanted = code
  const catalogue = await languages[code].load()
  if (wanted === code) current = ready(code, catalogue)
}
