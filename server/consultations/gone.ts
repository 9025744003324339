import type { GoneProvision } from '#shared/consultations/told.ts'
import type { DraftRow } from './consultation-queries.ts'

type Draft = Pick<DraftRow, 'number' | 'texts'>
type KeyOf = (draft: number, id: string) => string

/** What earlier drafts had and the one that is shown has not, as the last of them reads that has it. */
export function goneFrom(shown: Draft, earlier: readonly Draft[], keyOf: KeyOf): GoneProvision[] {
  const there = new Set(placesIn(shown, keyOf).map(({ key }) => key))
  const found = new Map<string, GoneProvision>()
  for (const draft of earlier.toReversed()) {
    const gone = placesIn(draft, keyOf).filter(({ key }) => !there.has(key) && !found.has(key))
    for (const [key, places] of Map.groupBy(gone, (one) => one.key)) {
      const texts = Object.fromEntries(places.map(({ language, text }) => [language, text]))
      found.set(key, { key, keys: places[0]!.keys, draft: draft.number, texts })
    }
  }
  return [...found.values()]
}

/** Each provision in each language. */
function placesIn({ number, texts }: Draft, keyOf: KeyOf) {
  return Object.entries(texts).flatMap(([language, all]) => {
    const labels = new Map(all.map(({ id, label }) => [id, label]))
    const clauses = Map.groupBy(
      all.filter(({ kind }) => kind === 'clause'),
      ({ within }) => within,
    )
    return all.map((one) => {
      const of = one.kind === 'clause' ? (labels.get(one.within!) ?? null) : null
      const own = [one, ...(clauses.get(one.id) ?? [])]
      const keys = own.map(({ id }) => keyOf(number, id))
      return { key: keys[0]!, keys, language, text: { ...one, of } }
    })
  })
}
