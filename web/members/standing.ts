import type { ViewState } from '#shared/view.ts'
import { rank, totalRate } from '../board/ranking.ts'
import { wilson } from '#shared/measures/wilson.ts'
import { percent, wholePercent } from '../i18n/format.ts'
import { t } from '../i18n/t.ts'

/** Where a member stands by its on-time rate: no more than its interval allows. */
export function standingText(view: ViewState, code: string, minN: number): string {
  const groups = rank(view, 'onTimeRate', minN)
  const group = groups.find(({ rows }) => rows.some((row) => row.code === code))
  const row = group?.rows.find((row) => row.code === code)
  const all = totalRate(view).value
  if (!group || !row || row.onTime.value === null || all === null) return t('standing.none')
  const { value, hits, n } = row.onTime
  if (group.name === 'few') return t('standing.few', { hits, n, minN })
  const [low, high] = wilson(hits, n).map(wholePercent) as [string, string]
  const words = { rate: percent(value), all: percent(all), low, high, n }
  if (group.name === 'above') return t('standing.above', words)
  return group.name === 'below' ? t('standing.below', words) : t('standing.unclear', words)
}
