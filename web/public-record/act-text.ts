import type { Role } from '#shared/oversight/act.ts'
import { withholdReasons } from '#shared/consultations/comment.ts'
import { grounds, type WithheldTexts } from '#shared/oversight/withholding.ts'
import { type Key, t } from '../i18n/t.ts'
import type { TitleOf } from './opinion-titles.svelte.ts'

/** An act as everybody is told it, by `/api/v1/records` and with its subject. */
export interface ToldAct {
  id: number
  /** Its place among all records. */
  seq: number
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
  /** Of texts and files that were taken down: when, and on which ground. */
  withheld?: WithheldTexts
  hash: string
}

const known: readonly Key[] = [
  'act.appointment.made',
  'act.appointment.renewed',
  'act.appointment.suspended',
  'act.appointment.resumed',
  'act.appointment.revoked',
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
  'act.ticket.corrected',
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
  'act.file.withheld',
  'act.draft.brought',
  'act.draft.confirmed',
  'act.reply.answered',
  'act.form.switched',
  'act.comment.withheld',
  'act.comment.published',
  'act.statement.moderated',
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

/** By which something was taken down. */
export const isWithholding = ({ subject }: Pick<ToldAct, 'subject'>): boolean =>
  subject.startsWith('withholding:')

/** What it is told of: its subject; where something was taken down, what that was of. */
export const aboutOf = (act: Pick<ToldAct, 'subject' | 'body'>): string =>
  isWithholding(act) ? String(act.body.of) : act.subject

/** Flag 12, suggestion 7, a draft of a consultation, a statement of a poll with what was decided. */
export function subjectText(act: ToldAct, titleOf: TitleOf): string {
  const { kind, body } = act
  if (kind.startsWith('draft.')) {
    return t('act.subject.draft', {
      number: Number(body.draft),
      title: titleOf('consultation', String(body.consultation)),
    })
  }
  if (kind === 'statement.moderated') {
    const status = body.status === 'published' ? 'published' : 'withheld'
    return t(`act.subject.statement.${status}`, { title: titleOf('poll', String(body.poll)) })
  }
  if (kind === 'ticket.corrected') return t('act.subject.ticket', { id: idOf(String(body.ticket)) })
  if (typeof body.consultation === 'string') {
    return titleOf('consultation', body.consultation)
  }
  return subjectNamed(aboutOf(act))
}

/** Of `flag:12`; of a noun that the page does not know yet, as it is. */
export function subjectNamed(named: string): string {
  const [noun = '', id = ''] = named.split(':')
  if (noun === 'flag') return t('act.subject.flag', { id })
  if (noun === 'appointment') return t('act.subject.appointment', { id })
  return noun === 'suggestion' ? t('act.subject.suggestion', { id }) : named
}

/** Of `MARK/ID`. */
const idOf = (ticket: string): string => ticket.slice(ticket.indexOf('/') + 1)

/** A fingerprint as it is cited. */
export const shortHash = (hash: string): string => hash.slice(0, 12).match(/.{4}/g)!.join(' ')

/** Texts in the order in which people read them; null: it was taken down. */
export const textsOf = ({ texts }: ToldAct): { name: string; text: string | null }[] =>
  ['title', 'text', 'why', 'answer', 'done', 'reason', 'note'].flatMap((name) =>
    name in texts ? [{ name, text: texts[name] ?? null }] : [],
  )

/** Hashes of what was brought with it. */
export const filesOf = ({ body }: Pick<ToldAct, 'body'>): readonly string[] =>
  Array.isArray(body.attachments) ? (body.attachments as string[]) : []

/** Why a comment is withheld, or how a form was switched; undefined of any other act. */
export function rulingText({ body }: Pick<ToldAct, 'body'>): string | undefined {
  if (typeof body.isOn === 'boolean') return t(body.isOn ? 'act.switched.on' : 'act.switched.off')
  const reason = withholdReasons.find((one) => one === body.withheldFor)
  return reason && t(`act.for.${reason}`)
}

/** Of an act by which something was taken down: of a file, which one. */
export function groundText({ body }: ToldAct): string {
  const ground = grounds.find((one) => one === body.ground)
  const why = ground ? t(`act.ground.${ground}`) : ''
  if (typeof body.file !== 'string') return why
  return t('act.file', { hash: shortHash(body.file) }) + t('mark.colon') + why
}
