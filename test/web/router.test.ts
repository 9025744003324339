import { expect, test } from 'vitest'
import { match } from '../../web/router/match.ts'

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
