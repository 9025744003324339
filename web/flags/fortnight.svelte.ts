import { measures } from '#shared/measures/all.ts'
import type { Measure } from '#shared/measures/measure.ts'
import { claimedShare } from '#shared/measures/resolution-gap.ts'
import type { ClaimInput } from '#shared/oversight/evidence.ts'
import { readWith } from '#shared/oversight/read-with.ts'
import { DAY } from '#shared/time.ts'
import {
  type Cell,
  isTimeBreakdown,
  splitKey,
  type ViewSpec,
  type ViewState,
} from '#shared/view.ts'
import type { Fortnight, FortnightSeries } from '../evidence/fortnight.ts'
import { headField } from '../evidence/worded.ts'
import { cellText, wholePercent } from '../i18n/format.ts'
import { textOf } from '../i18n/measure-text.ts'
import { t } from '../i18n/t.ts'
import type { Times } from '../i18n/times.ts'
import type { PublishedView } from '../live/ask-published.ts'
import { PublishedBoard } from '../live/published-board.svelte.ts'
import { viewQuery } from '../live/view-query.ts'
import { ask } from './send.ts'

const DAYS = 14

type NumberClaim = Extract<ClaimInput, { kind: 'number' }>

/** The last fourteen days of a number that is flagged; a survey is told by the days that were published. */
export class FortnightOf {
  #answer = $state.raw<Pick<ViewState, 'columns' | 'rows'>>()
  #hasFailed = $state.raw(false)
  #published: PublishedBoard | undefined
  readonly #claim: NumberClaim
  readonly #times: Times

  constructor(claim: NumberClaim, times: Times) {
    this.#claim = claim
    this.#times = times
    const { measure } = claim
    if (isSurvey(claim)) this.#published = new PublishedBoard([measure, ...readWith(measure)], DAYS)
  }

  /** There will be none. */
  get hasFailed(): boolean {
    return (
      this.#hasFailed || this.#published?.state === 'none' || this.#published?.isFailing === true
    )
  }

  /** Undefined until it is known. */
  get told(): Fortnight | undefined {
    if (this.#answer) return liveDays(this.#answer, this.#claim, this.#times)
    const { run = [] } = this.#published ?? {}
    return run.length > 0 ? publishedDays(run, this.#claim, this.#times) : undefined
  }

  /** Answers how to stop. */
  ask(): () => void {
    const at = this.#claim.at[1] * 60_000
    const today = this.#times.isoDate(at)
    if (this.#published) return this.#published.ask({ days: 1, today, isPast: false })
    const gone = new AbortController()
    const spec = daily(this.#claim, [dateBefore(today, DAYS - 1), dateBefore(today, -1)])
    ask<ViewState>(`/view?${viewQuery(spec, this.#claim.at)}`, gone.signal)
      .then((answer) => (this.#answer = answer))
      .catch(() => (this.#hasFailed = true))
    return () => gone.abort()
  }
}

/** A survey is published for the whole city, day by day. */
export const hasDays = (claim: ClaimInput | undefined): claim is NumberClaim =>
  claim?.kind === 'number' && !(isSurvey(claim) && claim.question.by !== undefined)

const isSurvey = ({ measure }: NumberClaim): boolean =>
  (measures[measure] as Measure).isSurvey === true

const dateBefore = (date: string, days: number): string =>
  new Date(Date.parse(date) - days * DAY).toISOString().slice(0, 10)

/** The same number by day: its row becomes a filter. */
function daily({ question, measure, row }: NumberClaim, [start, end]: [string, string]): ViewSpec {
  const { by, over, filters } = question as ViewSpec
  const isMember = by !== undefined && !isTimeBreakdown(by) && row != null
  const code = isMember ? (over === undefined ? row : splitKey(row)[0]) : undefined
  const narrowed = { ...filters, ...(code !== undefined && { [by as string]: [code] }) }
  const window = `${start}/${end}`
  return { id: 'days', measures: [measure], by: 'day', window, filters: narrowed } as ViewSpec
}

function liveDays(
  { columns, rows }: Pick<ViewState, 'columns' | 'rows'>,
  { measure, at }: NumberClaim,
  times: Times,
): Fortnight {
  const head = headField(measure)
  const place = columns.findIndex((one) => one.measure === measure && one.field === head)
  const now = at[1] * 60_000
  const days = rows.map(([key]) => Date.parse(key as string))
  const values = rows.map((row, index) =>
    days[index]! <= now ? ((row[place] ?? null) as Cell) : null,
  )
  const { unit } = (measures[measure] as Measure).fields[0]!
  return {
    days: days.map((start) => ({ label: times.day(start), isWhole: start + DAY <= now })),
    series: [{ name: textOf(measures[measure]).name, ...citizens, values }],
    unit,
    isZeroBased: unit === 'tickets',
    write: (value) => markText(value, unit),
  }
}

const citizens = { color: '--series-1', ink: '--series-1-ink' }
const agencies = { color: '--series-6', ink: '--ink-2' }

function publishedDays(
  run: readonly (PublishedView | undefined)[],
  { measure }: NumberClaim,
  times: Times,
): Fortnight {
  const newest = Date.parse(run.at(-1)!.days.start)
  const start = (index: number) => newest - (run.length - 1 - index) * DAY
  const days = run.map((_, index) => ({ label: times.day(noonOf(start(index))), isWhole: true }))
  const told = (of: string, field: string) => run.map((view) => cellIn(view, of, field))
  return {
    days,
    series: publishedSeries(measure, told),
    unit: 'share',
    isZeroBased: false,
    write: (value) => markText(value, 'share'),
  }
}

/** A date as an instant of that day in every time zone that a city has. */
const noonOf = (date: number): number => date + DAY / 2

type Told = (measure: string, field: string) => Cell[]

function publishedSeries(measure: NumberClaim['measure'], told: Told): FortnightSeries[] {
  if (measure !== 'resolutionGap') {
    return [{ name: textOf(measures[measure]).name, ...citizens, values: told(measure, 'value') }]
  }
  const n = told(measure, 'n')
  const claimed = told(measure, 'asserted').map((one, index) => claimedShare(one, n[index] ?? null))
  return [
    { name: t('evidence.agencies.short'), ...agencies, values: claimed },
    {
      name: t('evidence.citizens.short'),
      ...citizens,
      values: told('resolutionConfirmed', 'value'),
    },
  ]
}

function cellIn(view: PublishedView | undefined, measure: string, field: string): Cell {
  const place = view?.columns.findIndex((one) => one.measure === measure && one.field === field)
  const cell = place === undefined ? null : view?.totals[place]
  return typeof cell === 'number' ? cell : null
}

const markText = (value: number, unit: Fortnight['unit']): string =>
  unit === 'share' ? wholePercent(value) + t('unit.percent') : cellText(value, unit)
