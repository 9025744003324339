import { type MeasureId, measures } from '#shared/measures/all.ts'
import type { WithheldTexts } from '#shared/oversight/withholding.ts'
import { textOf } from '../i18n/measure-text.ts'
import { t } from '../i18n/t.ts'
import type { Times } from '../i18n/times.ts'
import { kindText } from '../public-record/act-text.ts'
import { goneLine } from '../public-record/gone-text.ts'

/** What an outcome may name: it is nothing of ours, and is told as it was cited. */
const linked = ['clause', 'rule', 'work-order', 'ticket', 'document'] as const

/** A step of the way as `/api/v1/trace` tells it. */
export interface Step {
  id: string
  noun: string
  title: string | null
  /** When its title was taken down, and why. */
  withheld: WithheldTexts[string] | null
  href: string | null
  at: string | null
  kind: string | null
}

const restOf = (id: string): string => id.slice(id.indexOf(':') + 1)

/** What it is: a number, flag 12, answered, a rule. */
export function stepText({ id, noun, kind, title }: Step): string {
  if (noun === 'evidence') return t('trace.frozen', { what: evidenceText(title) })
  if (noun === 'flag') return t('act.subject.flag', { id: restOf(id) })
  if (noun === 'suggestion') return t('act.subject.suggestion', { id: restOf(id) })
  if (noun === 'answer') return t('trace.answer')
  if (noun === 'law') return t('trace.law')
  if (noun === 'reply') return t('trace.reply')
  const link = linked.find((one) => one === noun)
  if (link) return t(`trace.link.${link}`)
  return kind === null ? noun : kindText(kind)
}

/** What was frozen; evidence that is nowhere kept has no title. */
function evidenceText(title: string | null): string {
  const [kind, of = ''] = title === null ? [] : [title.split(':', 1)[0], restOf(title)]
  if (kind === 'number' && of in measures) return textOf(measures[of as MeasureId]).name
  if (kind === 'ticket') return t('evidence.ticket', { id: of })
  if (kind === 'provision') return t('trace.provision')
  if (kind === 'comment-group') return t('evidence.commentGroup')
  if (kind === 'answering') return t('trace.answering')
  if (kind === 'poll') return t('trace.poll')
  return t(kind === 'group' ? 'evidence.group' : 'trace.evidence')
}

/** What stands beside it: its title, or what a link names. */
export function detailText({ id, noun, title, withheld }: Step, times: Times): string {
  if (noun === 'evidence') return restOf(id).slice(0, 12)
  if (withheld) return goneLine(withheld, times)
  if (title !== null) return title
  return linked.some((one) => one === noun) ? restOf(id) : ''
}

/** Where it can be read. */
export function hrefOf({ id, noun, href }: Step): string | undefined {
  if (noun === 'evidence') return `/evidence/${encodeURIComponent(restOf(id))}`
  return href ?? undefined
}
