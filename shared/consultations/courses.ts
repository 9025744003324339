import { type Provision, wordsOf } from './provision.ts'

interface ShownDraft {
  number: number
  texts: Readonly<Record<string, readonly Provision[]>>
}

/** A provision in one of the drafts; `code` is `CODE/DRAFT/ID`. */
export interface Placed {
  draft: number
  code: string
  provision: Provision
}

/** What became of a provision over all drafts that are shown, under the one key that comments go on with. */
export interface Course {
  key: string
  first: Placed
  /** Where it stands in the newest draft: empty where it was taken out, several where it was split. */
  now: readonly Placed[]
  /** It reads otherwise now than it did first. */
  isChanged: boolean
}

type KeyOf = (code: string) => string

/** Of all provisions of all drafts, told in order, in the first language in which all are told, or each in its own. */
export function coursesOf(
  consultation: string,
  drafts: readonly ShownDraft[],
  keyOf: KeyOf,
): Map<string, Course> {
  const common = Object.keys(drafts[0]?.texts ?? {})
    .sort()
    .find((language) => drafts.every(({ texts }) => Object.hasOwn(texts, language)))
  const places = drafts.flatMap(({ number, texts }) =>
    (texts[common ?? Object.keys(texts).sort()[0]!] ?? []).map((provision): Placed => {
      const code = `${consultation}/${number}/${provision.id}`
      return { draft: number, code, provision }
    }),
  )
  const newest = drafts.at(-1)?.number
  const courses = Map.groupBy(places, ({ code }) => keyOf(code))
  return new Map(
    [...courses].map(([key, all]) => {
      const first = all[0]!
      const now = all.filter(({ draft }) => draft === newest)
      return [key, { key, first, now, isChanged: isChanged(first, now) }]
    }),
  )
}

function isChanged(first: Placed, now: readonly Placed[]): boolean {
  return now.length !== 1 || wordsOf(now[0]!.provision) !== wordsOf(first.provision)
}
