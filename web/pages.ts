import type { Component } from 'svelte'
import Board from './board/Board.svelte'
import type { Key } from './i18n/t.ts'
import type { Params } from './router/match.ts'

export interface Page {
  /** `/tickets/:source/:id`; the page gets what the names stand for as `params`. */
  path: string
  /** What the site's navigation calls it; without one it is not listed there. */
  name?: Key
  /** What the search calls it, where the navigation does not list it. */
  title?: Key
  /** Imports the page when it is asked for, so that each but the first is a chunk of its own. */
  load: () => Promise<{ default: Component<{ params: Params }> | Component }>
  /** `own`: the page itself says where the reader is and that a city is invented; `bare`: a wall, no header either. */
  frame?: 'own' | 'bare'
  /** Listed for who is signed in. */
  isOwn?: true
}

type Oversight = typeof import('./oversight-pages.ts')

const oversight = (page: keyof Oversight) => async () => {
  const pages = await import('./oversight-pages.ts')
  return { default: pages[page] as Component<{ params: Params }> }
}

/** Every page there is, in the order of the navigation. */
export const pages: readonly Page[] = [
  { path: '/', name: 'nav.board', load: async () => ({ default: Board }), frame: 'own' },
  {
    path: '/work',
    name: 'me.work',
    load: () => import('./work/Work.svelte'),
    frame: 'own',
    isOwn: true,
  },
  {
    path: '/tickets',
    name: 'nav.tickets',
    load: () => import('./tickets/Tickets.svelte'),
  },
  { path: '/tickets/:mark/:id', load: () => import('./tickets/Ticket.svelte') },
  {
    path: '/consultations',
    name: 'nav.consultations',
    load: () => import('./consultations/Consultations.svelte'),
  },
  {
    path: '/consultations/:code',
    load: () => import('./consultations/Consultation.svelte'),
  },
  {
    path: '/consultations/:code/moderation',
    load: () => import('./consultations/Moderation.svelte'),
  },
  { path: '/polls', name: 'nav.polls', load: () => import('./polls/Polls.svelte') },
  { path: '/polls/:code', load: () => import('./polls/Poll.svelte') },
  { path: '/flags', name: 'nav.flags', load: () => import('./flags/Flags.svelte') },
  { path: '/flags/:id', load: () => import('./flags/Flag.svelte') },
  {
    path: '/suggestions',
    name: 'nav.suggestions',
    load: oversight('Suggestions'),
  },
  { path: '/suggestions/new', load: oversight('NewSuggestion') },
  { path: '/suggestions/:id', load: oversight('Suggestion') },
  { path: '/trace/:subject', load: oversight('Trace') },
  {
    path: '/observers',
    title: 'nav.observers',
    load: oversight('Observers'),
  },
  { path: '/observers/:id', load: oversight('Observer') },
  {
    path: '/records',
    title: 'nav.records',
    load: oversight('PublicRecord'),
  },
  { path: '/ledger', title: 'nav.ledger', load: () => import('./ledger/Ledger.svelte') },
  { path: '/agencies/:code', load: () => import('./members/Agency.svelte'), frame: 'own' },
  { path: '/areas/:code', load: () => import('./members/Area.svelte'), frame: 'own' },
  { path: '/categories/:code', load: () => import('./members/Category.svelte'), frame: 'own' },
  {
    path: '/definitions',
    name: 'nav.definitions',
    load: () => import('./definitions/Definitions.svelte'),
  },
  { path: '/screen', load: () => import('./screen/Screen.svelte'), frame: 'bare' },
  { path: '/status', name: 'nav.status', load: () => import('./status/Status.svelte') },
  { path: '/about', name: 'nav.about', load: () => import('./about/About.svelte') },
  { path: '/compare', title: 'comparison.title', load: () => import('./compare/Compare.svelte') },
  { path: '/evidence/:hash', load: () => import('./evidence/EvidencePage.svelte') },
  { path: '/sign-in', title: 'me.signIn', load: () => import('./accounts/SignIn.svelte') },
  { path: '/welcome', load: () => import('./accounts/Welcome.svelte') },
  { path: '/account', title: 'me.account', load: () => import('./accounts/Account.svelte') },
  { path: '/design', load: () => import('./specimens/Specimens.svelte') },
]

/** Shown at every other address. */
export const missing: Page = { path: '', load: () => import('./missing/Missing.svelte') }
