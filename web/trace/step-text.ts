import { t } from '../i18n/t.ts'
import { kindText } from '../public-record/act-text.ts'

/** What an outcome may name: it is nothing of ours, and is told as it was cited. */
const linked = ['clause', 'rule', 'work-order', 'ticket', 'document'] as const

/** A step of the way as `/api/v1/trace` tells it. */
export interface Step {
  id: string
  noun: string
  title: string | null
  href: string | null
  at: string | null
  kind: string | null
}

const restOf = (id: string): string => id.slice(id.indexOf(':') + 1)

/** What it is: a number, flag 12, answered, a rule. */
export function stepText({ id, noun, kind }: Step): string {
  if (noun === 'evidence') return t('trace.evidence')
  if (noun === 'flag') return t('act.subject.flag', { id: restOf(id) })
  if (noun === 'suggestion') return t('act.subject.suggestion', { id: restOf(id) })
  if (noun === 'answer') return t('trace.answer')
  const link = linked.find((one) => one === noun)
  if (link) return t(`trace.link.${link}`)
  return kind === null ? noun : kindText(kind)
}

/** What stands beside it: its title, or what a link names. */
export function detailText({ id, noun, title }: Step): string {
  if (title !== null) return title
  if (noun === 'evidence') return restOf(id).slice(0, 12)
  return linked.some((one) => one === noun) ? restOf(id) : ''
}

/** Where it can be read. */
export function hrefOf({ id, noun, href }: Step): string | undefined {
  if (noun === 'evidence') return `/evidence/${encodeURIComponent(restOf(id))}`
  return href ?? undefined
}
