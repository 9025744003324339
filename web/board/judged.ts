import { wholePercent } from '../i18n/format.ts'
import { type Key, t, type Values } from '../i18n/t.ts'
import { wholeDaysText } from '../i18n/whole-days.ts'
import type { PublishedView } from '../live/ask-published.ts'
import { toldPair } from './told.ts'

interface Judged {
  newest: PublishedView | undefined
  /** Filters narrow the board, and not what is published. */
  isNarrowed: boolean
}

/** A sentence whose values are set in bold, and what is to be said of them. */
interface Sentence {
  key: Key
  values: Values
  note: string
}

/** What the two judges say of the same tickets, as their tile says it; undefined where that shows no two numbers of what is on the board. */
export function judgedSentence({ newest, isNarrowed }: Judged): Sentence | undefined {
  if (!newest || isNarrowed) return undefined
  const { citizens, agencies } = toldPair(newest)
  if (citizens.value === null || agencies.value === null) return undefined
  return {
    key: 'lede.judged',
    values: { asserted: percentOf(agencies.value), confirmed: percentOf(citizens.value) },
    note: t('lede.days', { days: wholeDaysText(newest.days) }),
  }
}

const percentOf = (share: number): string => wholePercent(share) + t('unit.percent')
