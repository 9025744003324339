import { HOUR, MINUTE } from '#shared/time.ts'

/** What a time in a file says: the reading of a clock, and how far that clock is ahead of UTC if stated. */
export interface Reading {
  /** Milliseconds, as if the clock showed UTC. */
  wall: number
  offset: number | null
}

export type ReadFormat = (text: string) => Reading | undefined

/** What stands in a pattern, longest first, and the text it reads. */
const tokens: Record<string, string> = {
  yyyy: '(\\d{4})',
  yy: '(\\d{2})',
  MMM: '([A-Za-z]{3})[a-z]*\\.?',
  MM: '(\\d{2})',
  M: '(\\d{1,2})',
  dd: '(\\d{2})',
  d: '(\\d{1,2})',
  HH: '(\\d{2})',
  H: '(\\d{1,2})',
  hh: '(\\d{2})',
  h: '(\\d{1,2})',
  mm: '(\\d{2})',
  ss: '(\\d{2})',
  S: '(\\d{1,9})',
  a: '([AaPp])\\.?[Mm]\\.?',
  X: '(Z|[+-]\\d{2}(?::?\\d{2})?)',
}

const PIECE = new RegExp(`'([^']*)'|(${Object.keys(tokens).join('|')})|(\\s+)|(.)`, 'gs')

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?$/

/** Why `pattern` cannot be used to read times, if it cannot. */
export function formatProblem(pattern: string): string | undefined {
  if (pattern === 'iso') return undefined
  const { names, unknown } = compile(pattern)
  if (unknown) return `${pattern}: ${unknown} means nothing here; put text in 'single quotes'`
  const letters = names.map((name) => name[0])
  const missing = ['y', 'M', 'd'].find((letter) => !letters.includes(letter))
  if (missing) return `${pattern}: a time needs a year, a month and a day`
  if (letters.includes('h') !== letters.includes('a')) {
    return `${pattern}: h (1 to 12) and a (AM or PM) go together; H is 0 to 23`
  }
  return undefined
}

/** Reads `iso` (ISO 8601, its time and offset may be left out) or a pattern such as `MM/dd/yyyy hh:mm:ss a`. */
export function readFormat(pattern: string): ReadFormat {
  if (pattern === 'iso') return reader(ISO, ['yyyy', 'MM', 'dd', 'HH', 'mm', 'ss', 'S', 'X'])
  const { regex, names } = compile(pattern)
  return reader(regex, names)
}

function compile(pattern: string): { regex: RegExp; names: string[]; unknown?: string } {
  const names: string[] = []
  let source = ''
  for (const [whole, quoted, token, space, other] of pattern.matchAll(PIECE)) {
    if (other && /[A-Za-z]/.test(other)) return { regex: /$^/, names, unknown: whole }
    if (token) names.push(token)
    source += token ? tokens[token] : space ? '\\s+' : escape(quoted ?? other ?? '')
  }
  return { regex: new RegExp(`^${source}$`), names }
}

const escape = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

function reader(regex: RegExp, names: string[]): ReadFormat {
  const places = placesOf(names)
  return (text) => {
    const match = regex.exec(text)
    return match ? toReading(match, places) : undefined
  }
}

type Places = ReturnType<typeof placesOf>

/** Under which group of a match each letter stands; one that does not stands after the last. */
function placesOf(names: string[]) {
  const place = (letter: string) => {
    const at = names.findIndex((name) => name.startsWith(letter))
    return at < 0 ? names.length + 1 : at + 1
  }
  return {
    ...{ y: place('y'), M: place('M'), d: place('d') },
    ...{ H: place('H'), h: place('h'), a: place('a'), m: place('m'), s: place('s') },
    ...{ S: place('S'), X: place('X') },
  }
}

function toReading(match: RegExpExecArray, at: Places): Reading | undefined {
  const year = yearOf(match[at.y]!)
  const month = monthOf(match[at.M]!)
  const day = Number(match[at.d])
  const hour = hourOf(match, at)
  const [minute, second] = [Number(match[at.m] ?? 0), Number(match[at.s] ?? 0)]
  const midnight = Date.UTC(year, month - 1, day)
  const exists = month >= 1 && month <= 12 && new Date(midnight).getUTCDate() === day
  if (!exists || !(hour < 24) || minute > 59 || second > 59) return undefined
  const fraction = Math.floor(Number(`0.${match[at.S] ?? 0}`) * 1000)
  const wall = midnight + hour * HOUR + minute * MINUTE + second * 1000 + fraction
  const offset = match[at.X]
  return { wall, offset: offset === undefined ? null : offsetOf(offset) }
}

/** Two digits mean 1970 to 2069. */
function yearOf(text: string): number {
  const year = Number(text)
  if (text.length === 4) return year
  return year < 70 ? 2000 + year : 1900 + year
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

function monthOf(text: string): number {
  return /\d/.test(text) ? Number(text) : months.indexOf(text.toLowerCase()) + 1
}

function hourOf(match: RegExpExecArray, at: Places): number {
  const half = match[at.h]
  if (half === undefined) return Number(match[at.H] ?? 0)
  const hour = Number(half)
  if (hour < 1 || hour > 12) return NaN
  return (hour % 12) + (match[at.a]!.toLowerCase() === 'p' ? 12 : 0)
}

function offsetOf(text: string): number {
  if (text === 'Z') return 0
  const digits = text.replaceAll(/\D/g, '')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2) || 0)
  return (text.startsWith('-') ? -minutes : minutes) * MINUTE
}
