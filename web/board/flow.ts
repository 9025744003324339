import type { Break, Cell, PresetWindow, ViewState } from '#shared/view.ts'
import type { FlowBreak, FlowData, FlowStep, FlowTick } from '../charts/flow-data.ts'
import { number } from '../i18n/format.ts'
import { textOf } from '../i18n/measure-text.ts'
import { t } from '../i18n/t.ts'
import type { Times } from '../i18n/times.ts'
import { defined } from './defined.ts'
import { columnOf, totalOf } from './read-view.ts'
import { localTime, type Step } from './timeline.ts'
import { stepOf } from './views.ts'

export interface FlowInput {
  flow: ViewState
  before: ViewState | undefined
  window: PresetWindow
  steps: readonly Step[]
  times: Times
  /** Every source has been silent since: zeros after this are not numbers. */
  unheardSince: number | undefined
  /** Of every measure; those of what is drawn are marked. */
  breaks: readonly Break[]
  /** Steps that were told otherwise before late data came. */
  revised?: readonly number[]
}

/** Received and closed over the window, ready to be drawn and to be written as a table. */
export function flowData(input: FlowInput): FlowData {
  const { flow, before, window, steps, times } = input
  const by = stepOf(window)
  const series = (measure: 'received' | 'closed', number: 1 | 2) => ({
    name: textOf(defined[measure]).name,
    color: `--series-${number}`,
    ink: `--series-${number}-ink`,
    values: heard(columnOf(flow, measure), steps, input.unheardSince),
    before: comparable(columnOf(before, measure), steps),
    ...endTexts(flow, measure),
  })
  return {
    steps: steps.map((step, index) => ({
      ...flowStep(step, input),
      ...(input.revised?.includes(index) && { revised: t('flow.revised') }),
    })),
    ticks: ticks(steps, window, times),
    series: [series('received', 1), series('closed', 2)],
    breaks: flowBreaks(input),
    breakLabel: t('flow.break'),
    runningLabel: t(`flow.running.${by}`),
    beforeLabel: (name) => t('flow.before', { name }),
  }
}

const drawn = ['received', 'closed']

/** One for each moment, whichever series it is about; none outside of the window. */
function flowBreaks({ breaks, steps }: FlowInput): FlowBreak[] {
  const moments = new Set(
    breaks.filter(({ measure }) => drawn.includes(measure)).map(({ at }) => Date.parse(at)),
  )
  return [...moments].flatMap((at) => {
    const index = steps.findLastIndex(({ startAt }) => startAt <= at)
    const [step, next] = [steps[index], steps[index + 1]]
    if (!step) return []
    const share = next ? (at - step.startAt) / (next.startAt - step.startAt) : 0.5
    return [{ index, place: index - 0.5 + share }]
  })
}

function endTexts(flow: ViewState, measure: string): { total: string; soFar: string } {
  return {
    total: number(totalOf(flow, measure) ?? 0),
    soFar: t('flow.soFar', { n: columnOf(flow, measure).at(-1) ?? 0 }),
  }
}

function flowStep({ startAt, part }: Step, { window, times, unheardSince }: FlowInput): FlowStep {
  const isDay = stepOf(window) === 'day'
  const label = isDay
    ? times.weekday(startAt)
    : `${times.weekday(startAt)} ${times.minute(startAt)}`
  return { key: startAt, label, part: startAt >= (unheardSince ?? Infinity) ? 'unheard' : part }
}

function heard(values: Cell[], steps: readonly Step[], since = Infinity): Cell[] {
  return values.map((value, index) => (steps[index]!.startAt >= since ? null : value))
}

/** The period before is shown where the step it stands beside is whole: cut against cut would drop too. */
function comparable(values: Cell[], steps: readonly Step[]): Cell[] {
  return steps.map(({ part }, index) => (part === 'whole' ? (values[index] ?? null) : null))
}

/** Minutes by tens, hours by three with midnight as the day, days by weeks. */
function ticks(steps: readonly Step[], window: PresetWindow, times: Times): FlowTick[] {
  return steps.flatMap(({ startAt }, index) => {
    const { hour, minute } = localTime(startAt, times.zone)
    const tick = (label: string, isMajor: boolean) => [{ index, label, isMajor }]
    if (window === '1h')
      return minute % 10 === 0 ? tick(times.minute(startAt), minute % 30 === 0) : []
    if (stepOf(window) === 'day') {
      const isMarked = (steps.length - 1 - index) % 7 === 0
      return isMarked ? tick(times.day(startAt), false) : []
    }
    if (hour === 0 && minute === 0) return tick(times.weekday(startAt), true)
    if (window === '7d' || minute !== 0) return []
    return hour % 3 === 0 ? tick(times.minute(startAt), false) : []
  })
}
