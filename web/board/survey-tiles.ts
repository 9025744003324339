import type { Cell } from '#shared/view.ts'
import { number, percentValue, points, type Quantity, wholePercent } from '../i18n/format.ts'
import { textOf } from '../i18n/measure-text.ts'
import { t } from '../i18n/t.ts'
import { wholeDaysText } from '../i18n/whole-days.ts'
import type { PublishedView } from '../live/ask-published.ts'
import type { PublishedState } from '../live/published-board.svelte.ts'
import { wholeChangeText } from './change-text.ts'
import { changeOf } from './change.ts'
import { defined } from './defined.ts'
import type { TileContent } from './tiles.ts'
import { type Told, toldPair, toldRate } from './told.ts'

/** What is published, for the tiles that tell what citizens answered. */
export interface Publications {
  state: PublishedState
  /** The oldest first; a publication that there is not is undefined. */
  run: readonly (PublishedView | undefined)[]
}

type Said = Pick<TileContent, 'value' | 'change' | 'noChange' | 'missing' | 'made'>

export interface PairContent {
  citizens: Said & { label: string }
  agencies: Said & { label: string }
  /** Shares of the one scale on which both are drawn; undefined where a side is not told. */
  gap: { citizens: number; agencies: number; apart: string; moved: string } | undefined
}

export function satisfactionContent({ state, run }: Publications): TileContent {
  const shares = run.map((view) => view && toldRate(view, 'satisfactionRate'))
  const coverage = coverageText(run.at(-1))
  return {
    id: 'satisfactionRate',
    about: { measure: 'satisfactionRate', view: 'published' },
    label: textOf(defined.satisfactionRate).name,
    ...said(state, shares, 'share'),
    made: [fractionText(shares.at(-1)), coverage].filter(Boolean).join(t('mark.comma')),
    isOverdue: false,
    line: shares.map((share) => share?.value ?? null),
    ghost: [],
    isZeroBased: false,
    isRunning: false,
  }
}

/** Two judges of one population: the citizens who were asked, and the agencies on the same citizens' tickets. */
export function pairContent({ state, run }: Publications): PairContent {
  const pairs = run.map((view) => view && toldPair(view))
  const citizens = pairs.map((pair) => pair?.citizens)
  const agencies = pairs.map((pair) => pair?.agencies)
  const { n } = agencies.at(-1) ?? {}
  return {
    citizens: {
      label: textOf(defined.resolutionConfirmed).name,
      ...said(state, citizens, 'share'),
      made: [fractionText(citizens.at(-1)), coverageText(run.at(-1))]
        .filter(Boolean)
        .join(t('mark.comma')),
    },
    agencies: {
      label: t('pair.agencies'),
      ...said(state, agencies, 'claim'),
      made: n === null || n === undefined ? '' : sameText(agencies.at(-1)!),
    },
    gap: gapOf(pairs.at(-1), pairs.at(-2)),
  }
}

function said(
  state: PublishedState,
  told: readonly (Told | undefined)[],
  kind: 'share' | 'claim',
): Omit<Said, 'made'> {
  const [now, before] = [told.at(-1), told.at(-2)]
  const change = changeOf(kind, now?.value ?? null, before?.value ?? null)
  return {
    value: quantityOf(now?.value ?? null),
    change: change && wholeChangeText(change),
    noChange: t('published.noComparison'),
    missing: missingOf(state, now),
  }
}

function quantityOf(value: Cell): Quantity[] | undefined {
  return value === null ? undefined : [{ value: wholePercent(value), unit: t('unit.percent') }]
}

function missingOf(state: PublishedState, told: Told | undefined): TileContent['missing'] {
  if (told?.withheld) {
    return { word: t('published.notShown'), why: t(`published.withheld.${told.withheld}`) }
  }
  return {
    word: t('tile.noData'),
    why: t(state === 'none' ? 'published.none' : 'age.unreached'),
  }
}

function fractionText(told: Told | undefined): string {
  if (!told || told.n === null || told.hits === null) return ''
  return t('published.fraction', { hits: number(told.hits), n: number(told.n) })
}

function sameText({ hits, n }: Told): string {
  if (hits === null || n === null) return ''
  return t('pair.same', { hits: number(hits), n: number(n) })
}

function coverageText(view: PublishedView | undefined): string {
  const coverage = view && toldRate(view, 'surveyCoverage').value
  return typeof coverage === 'number'
    ? t('published.coverage', { share: wholePercent(coverage) + t('unit.percent') })
    : ''
}

type Pair = ReturnType<typeof toldPair>

function gapOf(now: Pair | undefined, before: Pair | undefined): PairContent['gap'] {
  const [citizens, agencies] = [now?.citizens.value ?? null, now?.agencies.value ?? null]
  if (!now || now.gap === null || citizens === null || agencies === null) return undefined
  return {
    citizens,
    agencies,
    apart: points(Math.abs(now.gap)),
    moved: movedText(now, before),
  }
}

/** How the distance changed, whichever side is above. */
function movedText(now: Pair, before: Pair | undefined): string {
  if (now.gap === null || typeof before?.gap !== 'number') return ''
  const tenths = Math.round(1000 * (Math.abs(now.gap) - Math.abs(before.gap)))
  if (tenths === 0) return t('pair.asBefore')
  const n = percentValue(Math.abs(tenths) / 1000)
  return t(tenths > 0 ? 'pair.wider' : 'pair.narrower', { n })
}

/** Which days were told, as the age of a published number. */
export function publishedText({
  state,
  run,
  isFailing,
}: Publications & { isFailing: boolean }): string {
  const newest = run.at(-1)
  if (newest) {
    return t(isFailing ? 'published.behind' : 'published.for', { days: wholeDaysText(newest.days) })
  }
  if (isFailing) return t('age.unreached')
  return t(state === 'none' ? 'published.none' : 'published.asking')
}
