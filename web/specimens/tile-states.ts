import type { Sign } from '../design/LiveDot.svelte'
import {
  duration,
  lag,
  percent,
  percentValue,
  type Quantity,
  signedPoints,
} from '../i18n/format.ts'
import { type Key, t } from '../i18n/t.ts'

export interface TileSpecimen {
  id: string
  state: Sign
  isLoading?: boolean
  isChanged?: boolean
  value?: readonly Quantity[]
  words?: string
  mark?: string
  /** In strong ink, and what follows it. */
  change: string
  word?: string
  isRed?: boolean
  line?: readonly (number | null)[]
  made: string
  age: string
}

const HITS = 2252
const DUE = 2872
const RATE = HITS / DUE

/** The hours of a day, of an invented city. */
const hours = [
  0.803, 0.811, 0.815, 0.816, 0.808, 0.809, 0.802, 0.794, 0.803, 0.813, 0.806, 0.798, 0.805, 0.802,
  0.804, 0.794, 0.8, 0.79, 0.798, 0.802, 0.796, 0.785, 0.779, 0.784,
]
const broken = hours.map((value, hour) => (hour > 14 && hour < 19 ? null : value))

/** One measure in every state a tile can be in. */
export function tileStates(): readonly TileSpecimen[] {
  const value = [{ value: percentValue(RATE), unit: t('unit.percent') }]
  const made = t('tile.due', { hits: HITS, n: DUE })
  const worse = { change: signedPoints(-0.021), word: t('change.worse') }
  const age = (key: Key & `age.${string}`, asOf: string, behind = '') => t(key, { asOf, behind })
  const live = age('age.live', '14:38:07')
  const counted = { value, ...worse, line: hours, made, age: live }

  return [
    { id: 'loading', state: 'loading', isLoading: true, change: '', made: '', age: t('age.none') },
    { id: 'live', state: 'live', ...counted },
    { id: 'changed', state: 'live', ...counted, isChanged: true },
    {
      id: 'delayed',
      state: 'delayed',
      ...counted,
      age: age('age.delayed', '14:37:41', lag(26_000)),
    },
    {
      id: 'reconnecting',
      state: 'reconnecting',
      ...counted,
      age: age('age.reconnecting', '14:37:52'),
    },
    {
      id: 'stale',
      state: 'stale',
      value,
      change: t('tile.old', {
        age: duration(960)
          .map(({ value, unit }) => `${value} ${unit}`)
          .join(' '),
      }),
      line: hours,
      made,
      age: age('age.stale', '14:22:10'),
    },
    {
      id: 'silent',
      state: 'silent',
      value,
      change: t('tile.incomplete'),
      word: t('tile.mayChange'),
      line: broken,
      made: t('specimen.unheard', { since: '13:05' }),
      age: age('age.silent', '14:38:07'),
    },
    {
      id: 'noData',
      state: 'live',
      change: '',
      word: t('tile.nothingDue'),
      made: t('tile.due', { hits: 0, n: 0 }),
      age: live,
    },
    {
      id: 'suppressed',
      state: 'live',
      words: t('tile.notShown'),
      change: '',
      word: t('tile.fewPeople', { n: 10 }),
      made: t('tile.protected'),
      age: live,
    },
    {
      id: 'empty',
      state: 'live',
      words: t('tile.notYet'),
      change: '',
      word: t('tile.noTicket'),
      made: '',
      age: live,
    },
    {
      id: 'failed',
      state: 'failed',
      words: t('tile.noAnswer'),
      change: t('tile.notCounted'),
      isRed: true,
      made: t('tile.lastGood', { value: percent(RATE), time: '14:36:02' }),
      age: t('age.unreached'),
    },
    {
      id: 'revised',
      state: 'live',
      ...counted,
      mark: t('tile.revised'),
      made: t('tile.first', { value: percent(0.789), n: 41 }),
    },
  ]
}
