import { type Key, t } from './t.ts'

/** Reasons are the sources' codes; these are said by many of them. */
const words: Readonly<Record<string, Key>> = {
  resolved: 'reason.resolved',
  'nothing-found': 'reason.nothingFound',
  referred: 'reason.referred',
}

/** Why a ticket was closed, in the language of the page where the reason is known; else as the source says. */
export function reasonWord(reason: string): string {
  const key = Object.hasOwn(words, reason) ? words[reason] : undefined
  return key ? t(key) : reason.replaceAll(/[-_]/g, ' ')
}
