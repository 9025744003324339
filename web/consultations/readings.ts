import { type Provision, withClauses, wordsOf } from '#shared/consultations/provision.ts'
import type { Match } from '#shared/consultations/match-drafts.ts'
import type { ConsultationDetail } from '#shared/consultations/told.ts'
import { diffWords, type Stretch } from '#shared/consultations/word-diff.ts'

/** A provision as it reads, with what changed since the draft before; or one that was taken out of its article. */
export interface Line {
  provision: Provision
  isGone: boolean
  stretches: readonly Stretch[]
}

/** An article with its clauses, in one language of the draft. */
export interface Reading {
  language: string
  lines: readonly Line[]
}

type Texts = Pick<ConsultationDetail, 'texts' | 'before' | 'matches'>

/** In every language in which the draft has the provision. */
export function readingsOf({ texts, before, matches }: Texts, id: string): Reading[] {
  return Object.entries(texts).flatMap(([language, provisions]) => {
    const now = withClauses(provisions, id)
    if (now.length === 0) return []
    const from = fromOf(matches, id)
    const was = from.flatMap((one) => withClauses(before?.texts[language] ?? [], one))
    return [{ language, lines: was.length === 0 ? now.map(plain) : linesOf(now, was, matches) }]
  })
}

/** Of what the draft has no more: what it and its clauses read last. */
export function goneReadings({ gone }: Pick<ConsultationDetail, 'gone'>, key: string): Reading[] {
  const keys = gone.find((one) => one.key === key)?.keys ?? []
  const parts = keys.flatMap((own) => gone.find((one) => one.key === own) ?? [])
  const languages = new Set(parts.flatMap(({ texts }) => Object.keys(texts)))
  return [...languages].map((language) => ({
    language,
    lines: parts.flatMap(({ texts }) => (texts[language] ? [taken(texts[language])] : [])),
  }))
}

/** The draft before, and what of it goes on here. */
interface Before extends NonNullable<ConsultationDetail['before']> {
  kind: Match['kind']
  ids: readonly string[]
}

/** What became of it since the draft before: kept where nothing of it changed, no clause of it and in no language. */
export function beforeOf(
  { before, matches }: Texts,
  id: string,
  readings: readonly Reading[],
): Before | undefined {
  const match = matches?.find(({ after }) => after.includes(id))
  if (!before || !match) return undefined
  const isMarked = readings.some(({ lines }) => lines.some(isChanged))
  const kind = match.kind === 'kept' && isMarked ? 'changed' : match.kind
  return { ...before, kind, ids: match.before }
}

const isChanged = ({ stretches }: Line): boolean => stretches.some(({ kind }) => kind !== 'same')

const fromOf = (matches: Texts['matches'], id: string): readonly string[] =>
  matches?.find(({ after }) => after.includes(id))?.before ?? []

const taken = (provision: Provision): Line => {
  return { provision, isGone: true, stretches: [{ kind: 'out', text: provision.text }] }
}

const plain = (provision: Provision): Line => {
  return { provision, isGone: false, stretches: [{ kind: 'same', text: provision.text }] }
}

/** `was` is what the article was made of. What came from another article is new in this one, what went to another is gone. */
function linesOf(
  now: readonly Provision[],
  was: readonly Provision[],
  matches: Texts['matches'],
): Line[] {
  const lines = now.map((provision): Line & { from: readonly Provision[] } => {
    const from = was.filter(({ id }) => fromOf(matches, provision.id).includes(id))
    return { provision, from, isGone: false, stretches: stretchesOf(from, provision) }
  })
  const goesOn = new Set(lines.flatMap(({ from }) => from))
  for (const [at, provision] of was.entries()) {
    if (goesOn.has(provision)) continue
    // Behind what it stood behind.
    const place = lines.findLastIndex(({ from }) => from.includes(was[at - 1]!))
    lines.splice(place + 1, 0, { ...taken(provision), from: [provision] })
  }
  return lines
}

/** Its text; where it is headed otherwise than before, its heading too. */
function stretchesOf(from: readonly Provision[], now: Provision): Stretch[] {
  const isHeadedSame = from.every(({ heading }) => heading === now.heading)
  const read = isHeadedSame ? ({ text }: Provision) => text : wordsOf
  return diffWords(from.map(read).join('\n'), read(now))
}
