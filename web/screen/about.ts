import { number } from '../i18n/format.ts'
import { t } from '../i18n/t.ts'

const STEP = 5
export const SMALL = 10

export const rounded = (count: number): number => Math.round(count / STEP) * STEP

/** A count as a screen tells it of a part of the city: rounded, and no small one. */
export function about(count: number): string {
  if (count < SMALL) return t('screen.few', { n: SMALL })
  return t('screen.about', { n: number(rounded(count)) })
}
