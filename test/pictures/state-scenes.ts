import {
  alter,
  fail,
  findNothing,
  hear,
  lose,
  loseForLong,
  loseNextPage,
  own,
  silence,
} from './deeds.ts'
import type { Scene } from './scene.ts'

const quiet = '?window=1h&agency='

/** What is seen when something is missing: the answer, the numbers, the server, the page, the reader. */
export const stateScenes: readonly Scene[] = [
  ...[
    '/',
    '/tickets',
    '/status',
    '/flags',
    '/suggestions',
    '/consultations',
    '/polls',
    '/compare',
  ].map((path) => ({
    name: `loading-${path.slice(1) || 'board'}`,
    path: () => path,
    before: silence,
    isView: true,
  })),
  {
    name: 'none-board',
    path: ({ quietAgency, quietArea }) => `/${quiet}${quietAgency}&area=${quietArea}`,
  },
  { name: 'none-tickets', path: () => '/tickets?received=2001-01-01/2001-01-02' },
  { name: 'none-found', path: () => '/tickets?q=nowheretobefound' },
  { name: 'none-search', path: () => '/', act: findNothing, isView: true },
  { name: 'none-flags', path: () => '/flags?q=nowheretobefound' },
  { name: 'none-suggestions', path: () => '/suggestions?view=list&q=nowheretobefound' },
  { name: 'few-board', path: ({ quietArea }) => `/?window=24h&area=${quietArea}` },
  { name: 'lost-board', path: () => '/', act: lose },
  { name: 'lost-compare', path: () => '/compare', act: lose, isView: true },
  { name: 'lost-tickets', path: () => '/tickets', act: lose, isView: true },
  { name: 'lost-ticket', path: ({ ticket }) => `/${ticket}`, act: lose },
  { name: 'lost-agency', path: ({ agency }) => `/agencies/${agency}`, act: lose, isView: true },
  { name: 'lost-status', path: () => '/status', act: lose },
  { name: 'lost-work', path: () => '/work', as: 'streets', act: lose, isView: true },
  { name: 'lost-screen', path: () => '/screen?scenes=headline', act: lose, isView: true },
  {
    name: 'lost-consultation',
    path: ({ consultations }) => consultations[0],
    act: lose,
    isView: true,
  },
  ...(
    [
      ['silent', 'a silent source'],
      ['delayed', 'old news'],
      ['refused', 'a refusal'],
      ['outdated', 'that it is outdated'],
    ] as const
  ).map(([name, hearing]) => ({
    name: `${name}-board`,
    path: () => '/',
    before: alter,
    act: hear(hearing),
    isView: true,
  })),
  { name: 'refused-past', path: () => '/?at=999999999,1', isView: true },
  { name: 'stale-board', path: () => '/', before: own, act: loseForLong, isView: true },
  {
    name: 'stale-screen',
    path: () => '/screen?scenes=headline',
    before: own,
    act: loseForLong,
    isView: true,
  },
  {
    name: 'error-tickets',
    path: () => '/tickets',
    before: fail('**/api/v1/tickets*'),
    isView: true,
  },
  { name: 'error-flags', path: () => '/flags', before: fail('**/api/v1/flags*') },
  {
    name: 'error-suggestions',
    path: () => '/suggestions',
    before: fail('**/api/v1/suggestions**'),
  },
  { name: 'error-page', path: () => '/', act: loseNextPage, isView: true },
  { name: 'missing', path: () => '/nowhere' },
  { name: 'missing-ticket', path: () => '/tickets/nobody/nothing' },
  { name: 'missing-agency', path: () => '/agencies/nobody' },
  { name: 'missing-flag', path: () => '/flags/999999' },
  { name: 'missing-suggestion', path: () => '/suggestions/999999' },
  { name: 'missing-evidence', path: () => `/evidence/${'0'.repeat(64)}` },
  { name: 'missing-observer', path: () => '/observers/999999' },
  { name: 'missing-trace', path: () => '/trace/flag:999999' },
  { name: 'out-work', path: () => '/work' },
  { name: 'out-account', path: () => '/account' },
  { name: 'out-draft', path: () => '/suggestions/new' },
]
