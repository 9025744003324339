import { plainText } from './grouping/plain-text.ts'

/** Scripts that set no space between words: what is said in them is found by pairs of characters. */
const DENSE =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}ー'
const RUN = new RegExp(`[${DENSE}]+|[^${DENSE} ]+`, 'gu')
const IS_DENSE = new RegExp(`^[${DENSE}]`, 'u')
/** Accents, which many leave out: not the vowels that other scripts write as marks. */
const ACCENTS = /[\u0300-\u036f]/gu
/** Characters of a word by which it is known, and of one that begins longer ones. */
const [LONGEST, BEGINNING] = [40, 3]

/** What a text of a consultation is found by, each once: the consultation, words, and pairs of characters. */
export function searchWords(consultation: number, text: string): string[] {
  const words = new Set([markOf(consultation)])
  for (const run of runsOf(text)) {
    if (!IS_DENSE.test(run)) words.add(run.slice(0, LONGEST))
    else for (const pair of pairsOf(run)) words.add(pair)
  }
  return [...words]
}

/**
 * What is looked for, as a `tsquery`: texts that say all words, the last of which may be the beginning of
 * one. Undefined when no letter or digit is asked for.
 */
export function searchQuery(consultation: number, asked: string): string | undefined {
  const runs = runsOf(asked).slice(0, 20)
  if (runs.length === 0) return undefined
  const terms = runs.flatMap((run, place) => termsOf(run, place === runs.length - 1))
  return [quoted(markOf(consultation)), ...new Set(terms)].join(' & ')
}

function termsOf(run: string, isLast: boolean): string[] {
  if (!IS_DENSE.test(run)) {
    const word = run.slice(0, LONGEST)
    return [isLast && word.length >= BEGINNING ? `${quoted(word)}:*` : quoted(word)]
  }
  const pairs = pairsOf(run)
  // One character stands before another, or at the end of what was said.
  return pairs.length === 1 ? [`${quoted(pairs[0]!)}:*`] : pairs.slice(0, -1).map(quoted)
}

const runsOf = (text: string): string[] =>
  plainText(text).normalize('NFD').replace(ACCENTS, '').normalize('NFC').match(RUN) ?? []

/** Each two characters that follow each other, and the last alone. */
function pairsOf(run: string): string[] {
  const characters = [...run]
  return characters.map((character, at) => character + (characters[at + 1] ?? ''))
}

const markOf = (consultation: number): string => `#${consultation}`

const quoted = (word: string): string => `'${word.replaceAll(/['\\]/g, ' ')}'`
