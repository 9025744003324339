import { expect, test } from 'vitest'
import { match } from '../../web/router/match.ts'
import { shownIn, toggleShown } from '../../web/router/shown.ts'

const routes = ['/', '/tickets', '/tickets/:source/:id', '/areas/:code'].map((path) => ({ path }))

test.each([
  ['/', '/', {}],
  ['/tickets/', '/tickets', {}],
  ['/tickets/hotline/T%2F1', '/tickets/:source/:id', { source: 'hotline', id: 'T/1' }],
  ['/areas/%E6%97%A7%E5%9F%8E', '/areas/:code', { code: '旧城' }],
])('%s is the page %s', (path, pattern, params) => {
  expect(match(routes, path)).toEqual({ route: { path: pattern }, params })
})

test.each(['/ticket', '/tickets/hotline', '/areas/%E6%97', '/areas', '/__proto__'])(
  '%s is no page',
  (path) => {
    expect(match(routes, path)).toBeUndefined()
  },
)

test('how panels are shown is added to an address and taken off it, beside what else it says', () => {
  const query = toggleShown(toggleShown('?provision=2', 'strip-table'), 'curve-table')

  expect(query).toBe('?provision=2&show=curve-table,strip-table')
  expect(shownIn(query)).toEqual(['curve-table', 'strip-table'])
  expect(toggleShown(query, 'curve-table')).toBe('?provision=2&show=strip-table')
  expect(toggleShown('?show=over-table', 'over-table')).toBe('')
  expect(shownIn('?show=over-table%2Cover-table,,%3Cb%3E')).toEqual(['over-table'])
})
