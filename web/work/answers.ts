import type { FlagKind, FlagStanding } from '#shared/oversight/flag.ts'
import type { WithheldTexts } from '#shared/oversight/withholding.ts'
import type { Suggestion } from '../suggestions/suggestion.ts'

interface Due {
  by: string
  doneAt: string | null
  late: boolean
}

/** A flag as everybody is told it; what of it this page reads. */
export interface ToldFlag {
  id: number
  version: number
  state: FlagStanding
  evidence: { hash: string; kind: string; on: string }
  kind: FlagKind
  language: string
  text: string | null
  /** Of texts and files that were taken down: when, and on which ground. */
  withheld: WithheldTexts
  author: { appointment: number; name: string | null }
  openedAt: string
  agency?: string | null
  late: boolean
  deadlines: { answer: Due | null; word: Due | null; settlement: Due | null }
  transfers: number
}

export interface FlagQueue {
  asOf: string
  agencies: readonly string[] | null
  isSecretariat: boolean
  counts: { total: number; overdue: number; dueToday: number; new: number }
  flags: readonly ToldFlag[]
  next: string | null
}

/** Something that waits for somebody's word. */
export interface Owed {
  key: string
  href: string
  noun: 'flag' | 'suggestion'
  kind?: FlagKind
  /** What its author wrote; null: it was taken down, as `gone` says. */
  text: string | null
  gone: WithheldTexts[string] | undefined
  language: string
  author: string | null
  dueAt: number | null
}

const instant = (text: string | null | undefined): number | null => (text ? Date.parse(text) : null)

/** Until when somebody is to act on a flag. */
export function flagDueAt({ state, deadlines }: ToldFlag): number | null {
  if (state === 'disputed') return instant(deadlines.settlement?.by)
  if (state === 'answered') return instant(deadlines.word?.by)
  return state === 'open' || state === 'acknowledged' ? instant(deadlines.answer?.by) : null
}

export const owedFlag = (flag: ToldFlag): Owed => ({
  key: `flag:${flag.id}`,
  href: `/flags/${flag.id}`,
  noun: 'flag',
  kind: flag.kind,
  text: flag.text,
  gone: flag.withheld.text,
  language: flag.language,
  author: flag.author.name,
  dueAt: flagDueAt(flag),
})

export const owedSuggestion = (one: Suggestion): Owed => ({
  key: `suggestion:${one.id}`,
  href: one.href,
  noun: 'suggestion',
  text: one.title,
  gone: one.withheld.title,
  language: one.language,
  author: one.author.name,
  dueAt: instant(one.dueBy),
})

/** What is due first, first; what is due at no time last. */
export const byDeadline = (one: Owed, other: Owed): number =>
  (one.dueAt ?? Infinity) - (other.dueAt ?? Infinity) || one.key.localeCompare(other.key)
