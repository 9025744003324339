import { type Formatters, IntlMessageFormat, PART_TYPE } from 'intl-messageformat'
import { dateTimeFormat, numberFormat, pluralRules } from './formatters.ts'
import { isPlain } from './is-plain.ts'
import type { Catalogue, Key } from './languages.ts'
import { Amount } from './amount.ts'

export type Values = Readonly<Record<string, string | number>>

export interface MessagePart {
  text: string
  /** A filled-in `{value}`, which a sentence may set in bold. */
  isValue: boolean
}

/** Around a value where one reads from right to left: without, what stands before it would turn +5 or 3–4 around. */
const isolated = (text: string): string => `\u2068${text}\u2069`

/** Says the messages of one catalogue; each is parsed when it is first said. */
export function createMessages(
  catalogue: Pick<Catalogue, Key>,
  { locale, direction }: { locale: string; direction: 'ltr' | 'rtl' },
) {
  const parsed = new Map<Key, IntlMessageFormat>()
  const written = direction === 'rtl' ? isolated : (text: string) => text

  function messageOf(key: Key): IntlMessageFormat {
    const known = parsed.get(key)
    if (known) return known
    const message = new IntlMessageFormat(catalogue[key], locale, undefined, options(locale))
    parsed.set(key, message)
    return message
  }

  return (key: Key, values: Values): MessagePart[] => {
    const message: unknown = catalogue[key]
    // In the built page all others are parsed already: it has no parser.
    if (typeof message === 'string' && isPlain(message)) return [{ text: message, isValue: false }]
    return messageOf(key)
      .formatToParts(amounts(values, locale))
      .map(({ type, value }) => ({
        text: type === PART_TYPE.object ? written(value.text) : value,
        isValue: type === PART_TYPE.object,
      }))
  }
}

const amounts = (values: Values, locale: string): Record<string, Amount> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, new Amount(value, locale)]),
  )

function options(locale: string): { ignoreTag: boolean; formatters: Formatters } {
  return {
    ignoreTag: true,
    formatters: {
      getNumberFormat: (_, options) => numberFormat(locale, options as Intl.NumberFormatOptions),
      getDateTimeFormat: (_, options) => dateTimeFormat(locale, options),
      getPluralRules: (_, options) => pluralRules(locale, options),
    },
  }
}
