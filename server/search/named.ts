import { readHeading } from '#shared/consultations/heading.ts'
import type { SearchHit } from '#shared/tickets.ts'
import { spellingOf } from '../dimensions/spelling.ts'
import { type Fit, fitIn, isUnspaced } from './fit.ts'

type Names = Readonly<Record<string, string>>

/** What stands open for opinion, as it is searched. */
export interface Named {
  hit: SearchHit
  /** Of an article: its id in the draft, which is its number. */
  number: string | undefined
  /** Its names in all languages, in one spelling; and those of what it lies in. */
  own: readonly string[]
  around: readonly string[]
}

interface Naming {
  hit: Omit<SearchHit, 'names'>
  names: Names
  number?: string
  within?: Names
}

export function namedAs({ hit, names, number, within }: Naming): Named {
  return {
    hit: { ...hit, names, ...(within && { within }) },
    number,
    own: Object.values(names).map(spellingOf),
    around: Object.values(within ?? {}).map(spellingOf),
  }
}

/** Those whose name in any language fits, or whose number it is; the best first, else in their own order. */
export function findNamed(text: string, all: readonly Named[]): SearchHit[] {
  const wanted = spellingOf(text)
  if (wanted === '') return []
  const heading = readHeading(text)
  const number = heading?.kind === 'article' && heading.rest === '' ? heading.number : undefined
  const found = all.flatMap((one) => {
    const isNumber = number !== undefined && one.number === number
    const fit = isNumber ? 0 : fitOf(one, wanted)
    return fit === undefined ? [] : [{ fit, hit: one.hit }]
  })
  return found.sort((a, b) => a.fit - b.fit).map(({ hit }) => hit)
}

function fitOf({ own, around }: Named, wanted: string): Fit | undefined {
  const words = wanted.split('-')
  // Who types a ticket's number does not look for every article that begins with it.
  if (words.some((word) => isDigits(word)) || words.length > 1) {
    const isThere = words.every((word) => isWordIn(word, [...own, ...around]))
    return isThere && words.some((word) => isWordIn(word, own)) ? 2 : undefined
  }
  const fits = own.map((name) => fitIn(name, wanted)).filter((fit) => fit !== undefined)
  return fits.length === 0 ? undefined : (Math.min(...fits) as Fit)
}

const isDigits = (word: string): boolean => /^\d+$/.test(word)

function isWordIn(word: string, names: readonly string[]): boolean {
  if (isUnspaced(word)) return names.some((name) => name.includes(word))
  const fits = (other: string) => (isDigits(word) ? other === word : other.startsWith(word))
  return names.some((name) => name.split('-').some(fits))
}
