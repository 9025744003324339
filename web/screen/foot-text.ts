import { durationText, lag } from '../i18n/format.ts'
import { t } from '../i18n/t.ts'
import type { Times } from '../i18n/times.ts'
import { type Freshness, isOld } from '../live/freshness.ts'
import { stateDetail } from '../board/sentences.ts'
import { CADENCE } from './cadence.ts'

export interface FootInput {
  freshness: Freshness
  times: Times
  isReplay: boolean
  /** When what the scene shows was told, where it is told on a cadence. */
  heldAt: number | undefined
}

/** How old the numbers are, in the words of the foot. */
export interface FootText {
  state: string
  /** Between the two. */
  mark: string
  age: string
  /** Not to be read as current: the largest words there. */
  isLarge: boolean
}

export function footText(input: FootInput): FootText {
  const { freshness, times } = input
  const { state, asOf } = freshness
  const isLarge = isOld(state) || state === 'delayed'
  const name = t(`state.${state}`)
  if (asOf === undefined) {
    return { state: name, mark: ' ', age: stateDetail(freshness, times), isLarge: false }
  }
  if (isLarge) return { state: name, mark: t('mark.stop'), age: oldText(input, asOf), isLarge }
  const mark = input.heldAt === undefined ? ' ' : t('mark.comma')
  return { state: name, mark, age: ageText(input, asOf), isLarge }
}

function ageText({ freshness, times, isReplay, heldAt }: FootInput, asOf: number): string {
  const { now = asOf, silentSources } = freshness
  if (heldAt !== undefined) {
    return t('screen.held', { asOf: times.minute(heldAt), n: CADENCE })
  }
  const words = { asOf: times.since(asOf, now) }
  if (silentSources.length > 0) return t('age.silent', words)
  return t(isReplay ? 'age.replay' : 'age.past', words)
}

function oldText({ freshness, times, heldAt }: FootInput, answeredAt: number): string {
  const asOf = heldAt ?? answeredAt
  const { state, now = asOf, behind } = freshness
  const words = { asOf: times.since(asOf, now) }
  if (state === 'delayed') return t('age.delayed', { ...words, behind: lag(behind) })
  return t('screen.old', { ...words, age: durationText(Math.max(0, now - asOf) / 1000) })
}
