import { readdirSync } from 'node:fs'
import path from 'node:path'
import type { Plugin } from 'vite'
import { measures } from '#shared/measures/all.ts'
import { firstWord, pageTexts, partTexts } from './page-texts.ts'
import { parseMessages } from './parse-messages.ts'

type Json = Record<string, unknown>

const folder = import.meta.dirname
const words = [...new Set([...Object.values(pageTexts).flat(), ...partTexts])]
const codes = readdirSync(folder).flatMap((file) => /^(\w+)\.json$/.exec(file)?.[1] ?? [])

/**
 * Makes of each catalogue the texts of the first page and those of each other, all of them parsed. What the
 * measures say in other languages than English moves from them to the catalogues of those.
 */
export function cutCatalogues(): Plugin {
  return {
    name: 'cut-catalogues',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      const [, language, word] = /\/i18n\/(\w+)\.json(?:\?(\w+))?$/.exec(id) ?? []
      if (language) return { code: cut(code, language, word), moduleType: word ? 'js' : 'json' }
      if (id.endsWith('/i18n/later-texts.ts')) return laterTexts()
      return id.includes('/shared/measures/') ? inEnglish(code) : undefined
    },
  }
}

/** The texts of a catalogue that begin with a word, as a module; without one those of the first page, as JSON. */
function cut(json: string, language: string, word: string | undefined): string {
  const messages = Object.entries(JSON.parse(parseMessages(json)))
  const those = (isWanted: (word: string) => boolean): Json =>
    Object.fromEntries(messages.filter(([key]) => isWanted(firstWord(key))))
  if (word) return `export default ${JSON.stringify(those((first) => first === word))}`
  const first = those((each) => !words.includes(each))
  return JSON.stringify(language === 'en' ? first : { ...first, measures: measureTexts(language) })
}

const measureTexts = (language: string): Json =>
  Object.fromEntries(
    Object.entries(measures).map(([id, { text }]) => [id, (text as Json)[language]]),
  )

/** Leaves out each `zh: …` of a text, from its name to where its block ends. */
export function inEnglish(code: string): string {
  const others = codes.filter((language) => language !== 'en').join('|')
  return code.replace(new RegExp(`^( +)(${others}): (\\{\\n.*?^\\1\\}|'.*?'),\\n`, 'gms'), '')
}

function laterTexts(): string {
  const parts = codes.map((language) => {
    const files = words.map((word) => [word, path.join(folder, `${language}.json?${word}`)])
    const lines = files.map(([word, file]) => `${word}: () => import(${JSON.stringify(file)})`)
    return `${language}: { ${lines.join(', ')} }`
  })
  return `export const laterTexts = { ${parts.join(', ')} }`
}
