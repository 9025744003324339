import { parse } from '@formatjs/icu-messageformat-parser'
import { isPlain } from './is-plain.ts'

/** A catalogue with its messages parsed, so that the page needs no parser. Throws at one that cannot be. */
export function parseMessages(json: string): string {
  const catalogue = JSON.parse(json) as Record<string, string>
  const parsed = Object.entries(catalogue).map(([key, message]) => [
    key,
    isPlain(message) ? message : parse(message, { ignoreTag: true }),
  ])
  return JSON.stringify(Object.fromEntries(parsed))
}
