import type { FlowData, FlowSeries } from '../charts/flow-data.ts'
import type { BarGroup } from '../design/RankedBars.svelte'
import { number, percent } from '../i18n/format.ts'
import { nameIn } from '../i18n/name-in.ts'
import { t } from '../i18n/t.ts'

const received = [118, 104, 92, 61, 40, 33, 41, 90, 171, 286, 241, 197, 118]
const closed = [131, 122, 96, 70, 44, 30, 38, 84, 188, 301, 310, 229, 140]

/** Thirteen hours of an invented city, the last of them unfinished. */
export function exampleFlow(): FlowData {
  const steps = received.map((_, hour) => ({
    key: hour,
    label: `${String(hour + 2).padStart(2, '0')}:00`,
    part: hour === received.length - 1 ? ('running' as const) : ('whole' as const),
  }))
  return {
    steps,
    ticks: steps.map(({ label }, index) => ({ index, label, isMajor: index % 4 === 0 })),
    series: [series('received', received, 1), series('closed', closed, 2)],
    breaks: [],
    breakLabel: t('flow.break'),
    runningLabel: t('flow.running.hour'),
    beforeLabel: (name) => t('flow.before', { name }),
  }
}

/** The same, of which a source has not been heard since ten, and whose closed tickets were defined anew at six. */
export function brokenFlow(): FlowData {
  const flow = exampleFlow()
  const steps = flow.steps.map((step, hour) =>
    hour < 8 || step.part === 'running' ? step : { ...step, part: 'unheard' as const },
  )
  return { ...flow, steps, breaks: [{ place: 3.5, index: 4 }] }
}

function series(name: 'received' | 'closed', values: readonly number[], n: 1 | 2): FlowSeries {
  return {
    name: t(name === 'received' ? 'rank.received' : 'specimen.closed'),
    color: `--series-${n}`,
    ink: `--series-${n}-ink`,
    values,
    before: values.map((value, hour) => Math.round(value * (0.9 + 0.02 * hour))),
    total: number(values.reduce((sum, value) => sum + value, 0)),
    soFar: t('flow.soFar', { n: values.at(-1)! }),
  }
}

export interface ExampleAgency {
  name: string
  received: number
  overdue: number
  hits: number
  due: number
}

/** Invented agencies; the last has too few for a rate. */
export const exampleAgencies = (): ExampleAgency[] => [
  {
    name: nameIn({ en: 'Sanitation Service', zh: '环境卫生处' }, ''),
    received: 853,
    overdue: 71,
    hits: 742,
    due: 842,
  },
  {
    name: nameIn({ en: 'Water and Drainage', zh: '供水排水处' }, ''),
    received: 402,
    overdue: 66,
    hits: 310,
    due: 401,
  },
  {
    name: nameIn({ en: 'Streets and Lighting', zh: '道路照明处' }, ''),
    received: 501,
    overdue: 512,
    hits: 287,
    due: 502,
  },
  {
    name: nameIn({ en: 'Harbour Market', zh: '港区市场' }, ''),
    received: 11,
    overdue: 0,
    hits: 9,
    due: 11,
  },
]

export function exampleGroups(): BarGroup[] {
  const rows = exampleAgencies().map(({ name, hits, due }) => {
    const share = hits / due
    const reach = 1.96 * Math.sqrt((share * (1 - share)) / due)
    return due < 30
      ? { key: name, name, share, value: t('none'), instead: t('ranking.onTime', { hits, n: due }) }
      : {
          key: name,
          name,
          share,
          interval: [share - reach, Math.min(1, share + reach)] as const,
          value: percent(share),
        }
  })
  return [
    { name: t('ranking.group.above'), rows: rows.slice(0, 1) },
    { name: t('ranking.group.unclear'), rows: rows.slice(1, 2) },
    { name: t('ranking.group.below'), rows: rows.slice(2, 3) },
    { name: t('ranking.group.few', { minN: 30 }), rows: rows.slice(3) },
  ]
}

export const countBars = (): BarGroup[] => [
  {
    rows: exampleAgencies().map(({ name, overdue }) => ({
      key: name,
      name,
      share: overdue / 512,
      value: number(overdue),
    })),
  },
]
