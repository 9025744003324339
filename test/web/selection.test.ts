import { expect, test } from 'vitest'
import {
  type Choices,
  everything,
  formatSelection,
  narrowTo,
  parseSelection,
  toggleFilter,
  viewFilters,
  withSwitch,
} from '../../web/board/selection.ts'
import { boardViews } from '../../web/board/views.ts'

const member = (code: string) => ({ code, names: {} })
const choices: Choices = {
  opened: ['agency', 'area'],
  members: {
    agency: [member('PWD'), member('Parks, Shoreline')],
    area: [member('roxbury'), member('dorchester')],
  },
}

const roxbury = { dimension: 'area', code: 'roxbury' } as const
const dorchester = { dimension: 'area', code: 'dorchester' } as const
const works = { dimension: 'agency', code: 'PWD' } as const

test('a link brings back the same selection', () => {
  const parks = { dimension: 'agency', code: 'Parks, Shoreline' } as const
  const selection = {
    window: '7d',
    rank: 'overdue',
    sort: 'received',
    filters: [roxbury, works, parks, dorchester],
    show: ['bars', 'all-category'],
  } as const

  expect(parseSelection(formatSelection(selection), choices)).toEqual(selection)
})

test('a link to a past moment carries its pair', () => {
  const selection = {
    ...everything,
    window: '7d',
    filters: [works],
    at: [18_234, 29_000_000],
  } as const

  expect(formatSelection(selection)).toBe('?window=7d&agency=PWD&at=18234,29000000')
  expect(parseSelection(formatSelection(selection), choices)).toEqual(selection)
  expect(parseSelection('?at=18234', choices).at).toBeUndefined()
})

test('the default selection needs no query', () => {
  expect(formatSelection(everything)).toBe('')
  expect(parseSelection('', choices)).toEqual(everything)
})

test.each([
  ['an unknown window', '?window=5y'],
  ['an unknown ranking', '?rank=colour'],
  ['an unknown order', '?sort=colour'],
  ['a dimension that is not opened', '?channel=phone'],
  ['an unknown member', '?area=atlantis'],
  ['anything else', '?utm_source=letter&window='],
])('%s falls back and is dropped from the link', (_, query) => {
  const selection = parseSelection(query, choices)

  expect(selection).toEqual(everything)
  expect(formatSelection(selection)).toBe('')
})

test('takes several members of a dimension, with commas as the API has them', () => {
  expect(parseSelection('?area=roxbury,dorchester&area=roxbury', choices).filters).toEqual([
    roxbury,
    dorchester,
  ])
})

test('how panels are shown stands in the address once, in one order, and nothing that is unknown', () => {
  const table = withSwitch(everything, 'flow-table', true)
  const both = withSwitch(table, 'bars', true)
  expect(formatSelection(both)).toBe('?show=bars,flow-table')
  expect(formatSelection(withSwitch(both, 'bars', true))).toBe('?show=bars,flow-table')
  expect(withSwitch(both, 'bars', false)).toEqual(table)
  expect(parseSelection('?show=flow-table,upside-down,bars&window=7d', choices).show).toEqual(
    both.show,
  )
  // Nothing else is asked of the server for it.
  expect(boardViews(both, ['area'])).toEqual(boardViews(everything, ['area']))
})

test('a filter set twice is taken off', () => {
  const narrowed = toggleFilter(toggleFilter(everything, roxbury), works)

  expect(narrowed.filters).toEqual([roxbury, works])
  expect(toggleFilter(narrowed, roxbury).filters).toEqual([works])
})

test('asks for several members of a dimension together, and can leave a dimension out', () => {
  const selection = { ...everything, filters: [roxbury, works, dorchester] }

  expect(viewFilters(selection)).toEqual({ area: ['roxbury', 'dorchester'], agency: ['PWD'] })
  expect(viewFilters(selection, 'area')).toEqual({ agency: ['PWD'] })
  expect(viewFilters(everything)).toBeUndefined()
})

test('a consultation that is shown closer stands in the address, beside what tickets are narrowed to', () => {
  const query = '?area=roxbury&consultation=night-ferry'
  const selection = parseSelection(query, choices)
  expect(selection.consultation).toBe('night-ferry')
  expect(formatSelection(selection)).toBe(query)
  expect(viewFilters(selection)).toEqual({ area: ['roxbury'] })
  expect(parseSelection('?consultation=<b>', choices)).not.toHaveProperty('consultation')
  // A page of a member shows none.
  expect(narrowTo(selection, roxbury)).not.toHaveProperty('consultation')
})
