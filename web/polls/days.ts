import { DAY, HOUR } from '#shared/time.ts'
import type { ViewState } from '#shared/view.ts'
import { cellReader } from '../board/read-view.ts'
import type { FlowData, FlowStep } from '../charts/flow-data.ts'
import { t } from '../i18n/t.ts'
import type { Times } from '../i18n/times.ts'

interface Asked {
  /** Of the poll, by day. */
  view: ViewState | undefined
  column: string
  term: { opensAt: number; closesAt: number }
  /** The city's now. */
  now: number
  times: Pick<Times, 'day'>
}

const WEEK = 7
/** Days that are each called by name. */
const FEW = 14

/** What came on each local day since a poll opened, and on none that lies ahead; today is not over. */
export function daysData(name: string, { view, column, term, now, times }: Asked): FlowData {
  const read = view && cellReader(view)
  const days = (view?.rows ?? [])
    .map((row) => ({ at: Date.parse(row[0] ?? ''), n: read?.(row, column) ?? 0 }))
    .filter(({ at }) => at < Math.min(now, term.closesAt))
  const labels = days.map(({ at }) => times.day(at))
  const step = days.length > FEW ? WEEK : 1
  const sum = days.reduce((all, { n }) => all + n, 0)
  return {
    steps: days.map(({ at }, index) => ({
      key: at,
      label: labels[index]!,
      part: partOf({ from: at, to: at + DAY }, term, now),
    })),
    ticks: labels.flatMap((label, index) =>
      index % step === 0 ? [{ index, label, isMajor: index === 0 }] : [],
    ),
    series: [
      {
        ...{ name, color: '--series-1', ink: '--series-1-ink', before: [] },
        values: days.map(({ n }) => n),
        total: t('poll.over.total', { n: sum }),
        soFar: t('poll.over.soFar', { n: days.at(-1)?.n ?? 0 }),
      },
    ],
    breaks: [],
    breakLabel: '',
    runningLabel: t('poll.over.running'),
    beforeLabel: (one) => one,
  }
}

/** A day is whole if the poll was open all of it, give or take the hour in which clocks change. */
function partOf(
  { from, to }: { from: number; to: number },
  { opensAt, closesAt }: Asked['term'],
  now: number,
): FlowStep['part'] {
  if (now < closesAt && now < to) return 'running'
  return opensAt > from + HOUR || closesAt < to - HOUR ? 'cut' : 'whole'
}
