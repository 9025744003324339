import type { Stage } from '#shared/oversight/suggestion.ts'
import { DAY } from '#shared/time.ts'
import { t } from '../i18n/t.ts'
import type { Times } from '../i18n/times.ts'
import type { Suggestion } from './suggestion.ts'

export const stageText = (stage: Stage): string => t(`suggestion.stage.${stage}`)

type Due = Pick<Suggestion, 'dueBy' | 'isLate' | 'state'>

/**
 * Until when which step is due, or since when it is late; undefined where nothing is to be done. What ends at midnight
 * ends the day before.
 */
export function dueText({ dueBy, state }: Due, now: number, times: Times): string | undefined {
  if (dueBy === null) return undefined
  const by = Date.parse(dueBy)
  const step = state === 'submitted' ? 'review' : 'decision'
  if (by < now) return t(`suggestion.late.${step}`, { n: Math.floor((now - by) / DAY) })
  return t(`suggestion.due.${step}`, { day: times.weekday(by - 1) })
}

/** What was done late; what is late still, `dueText` says. */
export function wasLateTexts({
  late,
  reviewedAt,
  decidedAt,
}: Pick<Suggestion, 'late' | 'reviewedAt' | 'decidedAt'>): string[] {
  return [
    ...(late.review && reviewedAt !== null ? [t('suggestion.wasLate.review')] : []),
    ...(late.decision && decidedAt !== null ? [t('suggestion.wasLate.decision')] : []),
  ]
}

/** How long ago, in whole days. */
export const agoText = (at: string, now: number): string =>
  t('suggestion.ago', { n: Math.max(0, Math.floor((now - Date.parse(at)) / DAY)) })
