import { parse } from '@formatjs/icu-messageformat-parser'
import { isPlain } from './is-plain.ts'

/** A catalogue with its messages parsed, so that the page needs no parser. Throws at one that cannot be. */
export function parseMessages(json: string): string {
  const catalogue = JSON.parse(json) as Record<string, string>
  const parsed = Object.entries(catalogue).map(([key, message]) => [
    key,
    isPlain(message) ? message : parse(message, { ignoreTag: true }),
  ])
  return JSON.stringify(Object.fromEntries(parsed), withoutDefaults)
}

/** What the formatter takes for granted need not be told with every message. */
function withoutDefaults(key: string, value: unknown): unknown {
  const isDefault = value === null || (key === 'offset' && value === 0) || value === 'cardinal'
  return isDefault ? undefined : value
}
