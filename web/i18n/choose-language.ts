import { language, speak } from './language.svelte.ts'
import { type Code, languageFor } from './languages.ts'

const STORED = 'language'

/** Opens the page in the language that its link names, or that was chosen before, or that the browser prefers. */
export async function openLanguage(): Promise<void> {
  const linked = new URLSearchParams(location.search).get('lang')
  const code = languageFor([linked, stored(), ...navigator.languages])
  await (linked === null ? showLanguage(code) : chooseLanguage(code))
}

/** Changes the language without a reload, and keeps it for the next visit. */
export async function chooseLanguage(code: Code): Promise<void> {
  await showLanguage(code)
  try {
    localStorage.setItem(STORED, code)
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}

/** Changes the language for now; a catalogue that cannot be fetched leaves it as it is. */
export async function showLanguage(code: Code): Promise<void> {
  try {
    await speak(code)
  } catch {
    return
  }
  document.documentElement.lang = language().code
  document.documentElement.dir = language().direction
}

function stored(): string | null {
  try {
    return localStorage.getItem(STORED)
  } catch {
    return null
  }
}
