import {
  signed,
  signedDuration,
  signedPercent,
  signedPoints,
  signedWholePoints,
} from '../i18n/format.ts'
import { t } from '../i18n/t.ts'
import type { Change } from './change.ts'

/** A change as it is written: its amount with its sign, and the word for it. */
export function changeText(change: Change): { amount: string; word: string } {
  return { amount: amountText(change, signedPoints), word: wordOf(change) }
}

/** Of published shares, which are whole percents. */
export function wholeChangeText(change: Change): { amount: string; word: string } {
  return { amount: amountText(change, signedWholePoints), word: wordOf(change) }
}

const wordOf = ({ word }: Change): string => t(`change.${word}`)

function amountText({ as, amount }: Change, points: (share: number) => string): string {
  switch (as) {
    case 'percent':
      return signedPercent(amount)
    case 'count':
      return signed(amount)
    case 'points':
      return points(amount)
    case 'duration':
      return signedDuration(amount)
  }
}
