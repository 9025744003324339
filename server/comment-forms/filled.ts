import { type Stance, stances } from '#shared/consultations/comment.ts'
import { isStorable } from '#shared/events.ts'
import type { CommentWords } from './words.ts'

export const fieldNames = [
  ...(['provision', 'stance', 'text', 'proposal', 'language', 'organisation'] as const),
]
export type FieldName = (typeof fieldNames)[number]

/** As it was typed, or empty. */
export type Fields = Readonly<Record<FieldName, string>>
export type Faults = Readonly<Partial<Record<FieldName, string>>>

/** Of texts, in characters as JavaScript counts them. */
export const longest = { text: 10_000, proposal: 10_000, organisation: 200 } as const

/** What a browser sends: each field once, ends of lines as everywhere. */
export function readFields(body: unknown): Fields {
  const all = (body ?? {}) as Readonly<Record<string, unknown>>
  const read = (name: FieldName) => {
    const value = Object.hasOwn(all, name) ? all[name] : ''
    return typeof value === 'string' ? value.replaceAll('\r\n', '\n').trim() : ''
  }
  return Object.fromEntries(fieldNames.map((name) => [name, read(name)])) as Record<
    FieldName,
    string
  >
}

interface Allowed {
  provisions: ReadonlySet<string>
  languages: ReadonlySet<string>
}

/** What is wrong, beside the field that it is wrong with; nothing where it can be taken. */
export function faultsIn(fields: Fields, allowed: Allowed, words: CommentWords): Faults {
  const { provision, stance, text, language } = fields
  const isKnown = stance === '' || stances.includes(stance as Stance)
  return {
    ...(provision !== '' && !allowed.provisions.has(provision) && { provision: words.noProvision }),
    ...(!isKnown && { stance: words.unreadable }),
    ...(language !== '' && !allowed.languages.has(language) && { language: words.noLanguage }),
    ...textFaults(fields, words),
    ...(text === '' && { text: words.missing }),
  }
}

function textFaults(fields: Fields, words: CommentWords): Faults {
  const faults: Partial<Record<FieldName, string>> = {}
  for (const name of ['text', 'proposal', 'organisation'] as const) {
    const most = longest[name]
    if (!isStorable(fields[name])) faults[name] = words.unreadable
    if (fields[name].length > most) faults[name] = words.long(most.toLocaleString(words.language))
  }
  return faults
}
