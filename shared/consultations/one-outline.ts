import type { Provision } from './provision.ts'

type Texts = Readonly<Record<string, readonly Provision[]>>

/**
 * Where a language numbers the draft otherwise than the first: comments, matching and flags name a provision by its id,
 * so it has the same one in all of them. Undefined where all have the same provisions in the same order.
 */
export function differenceIn(texts: Texts): { language: string; message: string } | undefined {
  const [first, ...others] = Object.entries(texts)
  if (!first) return undefined
  const [main, all] = first
  for (const [language, provisions] of others) {
    const longer = provisions.length > all.length ? provisions : all
    const at = longer.findIndex((_, at) => called(all[at]) !== called(provisions[at]))
    if (at < 0) continue
    const message = `${language} has ${called(provisions[at])} where ${main} has ${called(all[at])}: a draft has the same provisions in all languages`
    return { language, message }
  }
  return undefined
}

function called(one: Provision | undefined): string {
  if (!one) return 'nothing more'
  return one.kind === 'preamble' ? 'a preamble' : `${one.kind} ${one.id}`
}
