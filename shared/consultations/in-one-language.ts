import type { Provision } from './provision.ts'

type Texts = Readonly<Record<string, readonly Provision[]>>

/**
 * Two drafts in the language by which they are compared: the first, in the order of their codes, in which both are told;
 * where there is none, each in its own first.
 */
export function inOneLanguage(
  before: Texts,
  after: Texts,
): [before: readonly Provision[], after: readonly Provision[]] {
  const [old, now] = [Object.keys(before).sort(), Object.keys(after).sort()]
  const both = old.find((language) => now.includes(language))
  return [before[both ?? old[0]!] ?? [], after[both ?? now[0]!] ?? []]
}
