import type { Target } from '#shared/oversight/suggestion.ts'
import type { Key } from '../i18n/t.ts'
import type { Appointment } from '../accounts/mine.svelte.ts'

/** What of a suggestion is typed and chosen; empty where it is not yet. */
export interface Draft {
  target: Target | ''
  title: string
  text: string
  why: string
  language: string
  agency: string
  area: string
  category: string
  evidence: string[]
  flags: number[]
  files: { hash: string; name: string }[]
}

export const blankDraft = (language: string): Draft => ({
  ...{ target: '', title: '', text: '', why: '', language },
  ...{ agency: '', area: '', category: '', evidence: [], flags: [], files: [] },
})

export const fields = [
  ...['target', 'title', 'text', 'why', 'language', 'agency', 'area', 'category'],
  ...['evidence', 'flags', 'attachments'],
]

/** The first field that must be filled in and is not. */
export function missingIn(draft: Draft): { path: string; key: Key } | undefined {
  if (draft.target === '') return { path: 'target', key: 'suggestion.missing.target' }
  const path = (['title', 'text', 'why'] as const).find((name) => draft[name].trim() === '')
  return path && { path, key: `suggestion.missing.${path}` }
}

/** As `POST /suggestions` takes it. */
export function formOf({ agency, area, category, files, ...rest }: Draft) {
  return {
    ...rest,
    agency: agency || null,
    area: area || null,
    category: category || null,
    attachments: files.map(({ hash }) => hash),
  }
}

/** With what a link to the form names: `?evidence=HASH&flag=ID`. */
export function withLink(draft: Draft, query: string): Draft {
  const params = new URLSearchParams(query)
  const evidence = params.getAll('evidence').filter((hash) => /^[0-9a-f]{64}$/.test(hash))
  const flags = params
    .getAll('flag')
    .map(Number)
    .filter((id) => Number.isSafeInteger(id) && id > 0)
  return {
    ...draft,
    evidence: [...new Set([...draft.evidence, ...evidence])].slice(0, 10),
    flags: [...new Set([...draft.flags, ...flags])].slice(0, 20),
  }
}

const plurals = { agency: 'agencies', area: 'areas', category: 'categories' } as const

/** The members of which one may speak; undefined: of any, or of none in particular. */
export function withinOf(
  dimension: keyof typeof plurals,
  appointments: readonly Pick<Appointment, 'jurisdiction'>[],
): readonly string[] | undefined {
  const lists = appointments.map(({ jurisdiction }) => jurisdiction[plurals[dimension]])
  if (lists.some((list) => list === null)) return undefined
  return [...new Set(lists.flatMap((list) => list ?? []))]
}
