import type { ViewState } from '#shared/view.ts'
import { wholePercent } from '../i18n/format.ts'
import { type Key, t, type Values } from '../i18n/t.ts'
import { wholeDaysText } from '../i18n/whole-days.ts'
import type { PublishedView } from '../live/ask-published.ts'
import { totalOf } from './read-view.ts'
import { toldRate } from './told.ts'

interface Judged {
  now: ViewState | undefined
  newest: PublishedView | undefined
  /** Filters narrow the board, and not what is published. */
  isNarrowed: boolean
}

/** A sentence whose values are set in bold, and what is to be said of them. */
interface Sentence {
  key: Key
  values: Values
  note?: string
}

/** What the two judges say, as a sentence; undefined while nothing was closed to be judged. */
export function judgedSentence({ now, newest, isNarrowed }: Judged): Sentence | undefined {
  const share = totalOf(now, 'resolutionAsserted')
  if (share === null) return undefined
  const asserted = percentOf(share)
  if (isNarrowed) return { key: 'lede.cityOnly', values: { asserted } }
  if (!newest) return { key: 'lede.asserted', values: { asserted } }
  const { value, withheld } = toldRate(newest, 'resolutionConfirmed')
  const note = t('lede.days', { days: wholeDaysText(newest.days) })
  if (value !== null) {
    return { key: 'lede.judged', values: { asserted, confirmed: percentOf(value) }, note }
  }
  return { key: withheld === 'few' ? 'lede.few' : 'lede.withheld', values: { asserted }, note }
}

const percentOf = (share: number): string => wholePercent(share) + t('unit.percent')
