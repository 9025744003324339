import type { Key } from './languages.ts'
import { language } from './language.svelte.ts'
import type { MessagePart, Values } from './messages.ts'

export type { Key, Values }

/** A message in the language of the page, with its values filled in. Numbers are written by the locale. */
export function t(key: Key, values: Values = {}): string {
  return tParts(key, values)
    .map((part) => part.text)
    .join('')
}

/** The same in pieces, for a component that marks the values. */
export const tParts = (key: Key, values: Values = {}): MessagePart[] => language().say(key, values)
