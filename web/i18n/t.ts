import en from './en.json' with { type: 'json' }

type Catalogue = typeof en
export type Key = keyof Catalogue
export type Values = Readonly<Record<string, string | number>>

export const locale = 'en-GB'
const plurals = new Intl.PluralRules(locale)
const numbers = new Intl.NumberFormat(locale)

/** A message with its values filled in. Numbers are written by the locale; `n` or `count` chooses the plural. */
export function t(key: Key, values: Values = {}): string {
  return tParts(key, values)
    .map((part) => part.text)
    .join('')
}

export interface MessagePart {
  text: string
  /** A filled-in value, which a sentence may set in bold. */
  isValue: boolean
}

/** The same in pieces, for a component that marks the values. */
export function tParts(key: Key, values: Values = {}): MessagePart[] {
  return pattern(key, values)
    .split(/(\{\w+\})/)
    .filter((piece) => piece !== '')
    .map((piece) => fill(piece, values))
}

function pattern(key: Key, values: Values): string {
  const message: string | { one: string; other: string } = en[key]
  if (typeof message === 'string') return message
  const count = values.count ?? values.n
  const isOne = typeof count === 'number' && plurals.select(count) === 'one'
  return isOne ? message.one : message.other
}

function fill(piece: string, values: Values): MessagePart {
  const name = /^\{(\w+)\}$/.exec(piece)?.[1]
  const value = name === undefined ? undefined : values[name]
  if (value === undefined) return { text: piece, isValue: false }
  return { text: typeof value === 'number' ? numbers.format(value) : value, isValue: true }
}
