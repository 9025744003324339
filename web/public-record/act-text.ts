import type { Role } from '#shared/oversight/act.ts'
import { grounds, type WithheldTexts } from '#shared/oversight/withholding.ts'
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
  /** Of texts that were taken down: when, and on which ground. */
  withheld?: WithheldTexts
  hash: string
}

const known: readonly Key[] = [
  'act.flag.opened',
  'act.flag.acknowledged',
  'act.flag.answered',
  'act.flag.accepted',
  'act.flag.disputed',
  'act.flag.settled',
  'act.flag.withdrawn',
  'act.flag.transferred',
  'act.flag.joined',
  'act.flag.noted',
  'act.flag.corrected',
  'act.suggestion.submitted',
  'act.suggestion.reviewed',
  'act.suggestion.adopted',
  'act.suggestion.partly',
  'act.suggestion.declined',
  'act.suggestion.implemented',
  'act.suggestion.withdrawn',
  'act.suggestion.endorsed',
  'act.suggestion.unendorsed',
  'act.suggestion.transferred',
  'act.text.withheld',
]

/** What was done; of a noun that the page does not know yet, its own name. */
export function kindText(kind: string): string {
  const key = known.find((one) => one === `act.${kind}`)
  return key ? t(key) : kind
}

/** Who did it: an observer as the public register has them, an office otherwise. */
export function byText({ by }: ToldAct): string {
  if (by === null) return t('act.by.system')
  if (by.observer) return t('act.by.observer', { name: by.observer.name })
  return t(by.role === 'secretariat' ? 'act.by.secretariat' : 'act.by.official')
}

/** Flag 12, suggestion 7; where a text was taken down, what it was written on. */
export function subjectText({ kind, subject, body }: ToldAct): string {
  const named = kind === 'text.withheld' ? String(body.of) : subject
  const [noun = '', id = ''] = named.split(':')
  if (noun === 'flag') return t('act.subject.flag', { id })
  if (noun === 'appointment') return t('act.subject.appointment', { id })
  return noun === 'suggestion' ? t('act.subject.suggestion', { id }) : named
}

/** A fingerprint as it is cited. */
export const shortHash = (hash: string): string => hash.slice(0, 12).match(/.{4}/g)!.join(' ')

/** Texts in the order in which people read them; null: it was taken down. */
export const textsOf = ({ texts }: ToldAct): { name: string; text: string | null }[] =>
  ['title', 'text', 'why', 'answer', 'done', 'reason', 'note'].flatMap((name) =>
    name in texts ? [{ name, text: texts[name] ?? null }] : [],
  )

/** Of an act by which texts were taken down. */
export function groundText({ body }: ToldAct): string {
  const ground = grounds.find((one) => one === body.ground)
  return ground ? t(`act.ground.${ground}`) : ''
}
