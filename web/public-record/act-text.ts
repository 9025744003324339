import type { Role } from '#shared/oversight/act.ts'
import { type Key, t } from '../i18n/t.ts'

/** An act as everybody is told it, by `/api/v1/records` and with its subject. */
export interface ToldAct {
  id: number
  at: string
  kind: string
  subject: string
  /** Where the page shows its subject. */
  href: string | null
  by: { role: Role; observer?: { id: number; name: string } } | null
  agency?: string | null
  area?: string | null
  category?: string | null
  body: Readonly<Record<string, unknown>>
  texts: Readonly<Record<string, string | null>>
  hash: string
}

const words: Readonly<Record<string, Key>> = {
  'flag.opened': 'act.flag.opened',
  'flag.acknowledged': 'act.flag.acknowledged',
  'flag.answered': 'act.flag.answered',
  'flag.accepted': 'act.flag.accepted',
  'flag.disputed': 'act.flag.disputed',
  'flag.settled': 'act.flag.settled',
  'flag.withdrawn': 'act.flag.withdrawn',
  'flag.transferred': 'act.flag.transferred',
  'flag.joined': 'act.flag.joined',
  'flag.noted': 'act.flag.noted',
  'flag.corrected': 'act.flag.corrected',
  'suggestion.submitted': 'act.suggestion.submitted',
  'suggestion.reviewed': 'act.suggestion.reviewed',
  'suggestion.adopted': 'act.suggestion.adopted',
  'suggestion.partly': 'act.suggestion.partly',
  'suggestion.declined': 'act.suggestion.declined',
  'suggestion.implemented': 'act.suggestion.implemented',
  'suggestion.withdrawn': 'act.suggestion.withdrawn',
  'suggestion.endorsed': 'act.suggestion.endorsed',
  'suggestion.unendorsed': 'act.suggestion.unendorsed',
  'suggestion.transferred': 'act.suggestion.transferred',
}

/** What was done; of a noun that the page does not know yet, its own name. */
export function kindText(kind: string): string {
  const word = words[kind]
  return word ? t(word) : kind
}

/** Who did it: an observer as the public register has them, an office otherwise. */
export function byText({ by }: ToldAct): string {
  if (by === null) return t('act.by.system')
  if (by.observer) return t('act.by.observer', { name: by.observer.name })
  return t(by.role === 'secretariat' ? 'act.by.secretariat' : 'act.by.official')
}

/** Flag 12, suggestion 7. */
export function subjectText(subject: string): string {
  const [noun = '', id = ''] = subject.split(':')
  if (noun === 'flag') return t('act.subject.flag', { id })
  return noun === 'suggestion' ? t('act.subject.suggestion', { id }) : subject
}

/** A fingerprint as it is cited. */
export const shortHash = (hash: string): string => hash.slice(0, 12).match(/.{4}/g)!.join(' ')

/** Texts in the order in which people read them; null: it was taken down. */
export const textsOf = ({ texts }: ToldAct): (string | null)[] =>
  ['title', 'text', 'why', 'answer', 'done', 'reason', 'note'].flatMap((name) =>
    name in texts ? [texts[name] ?? null] : [],
  )
