import { flagStandings } from '#shared/oversight/flag.ts'
import { stages } from '#shared/oversight/suggestion.ts'
import { openFlagDialog, openPages, press, refuseFlag } from './deeds.ts'
import type { Scene, Sights } from './scene.ts'

/** What people do who are signed in, and what everybody may see of it. */
export const oversightScenes: readonly Scene[] = [
  { name: 'sign-in', path: () => '/sign-in' },
  { name: 'welcome', path: ({ welcome }) => welcome },
  { name: 'account', path: () => '/account', as: 'city' },
  { name: 'observers', path: () => '/observers' },
  { name: 'observer', path: ({ observer }) => `/observers/${observer}` },
  { name: 'flags', path: () => '/flags' },
  ...flagStandings.map((standing) => ({
    name: `flag-${standing}`,
    path: ({ flag }: Sights) => flag(standing),
  })),
  { name: 'flag-to-answer', path: ({ owedFlag }) => owedFlag, as: 'streets' },
  { name: 'flag-to-settle', path: ({ flag }) => flag('disputed'), as: 'secretariat' },
  { name: 'flag-dialog', path: () => '/', as: 'city', act: openFlagDialog, isView: true },
  { name: 'flag-dialog-missing', path: () => '/', as: 'city', act: refuseFlag, isView: true },
  { name: 'evidence', path: ({ evidence }) => `/evidence/${evidence}` },
  { name: 'trace', path: ({ trace }) => trace },
  { name: 'suggestions', path: () => '/suggestions' },
  { name: 'suggestions-list', path: () => '/suggestions?view=list' },
  ...stages.map((stage) => ({
    name: `suggestion-${stage}`,
    path: ({ suggestion }: Sights) => suggestion(stage),
  })),
  {
    name: 'suggestion-to-decide',
    path: ({ suggestion }) => suggestion('under-review'),
    as: 'secretariat',
  },
  { name: 'suggestion-draft', path: () => '/suggestions/new', as: 'city' },
  { name: 'records', path: () => '/records' },
  { name: 'work-official', path: () => '/work', as: 'streets' },
  { name: 'work-answers', path: () => '/work?list=answers', as: 'streets' },
  { name: 'work-observer', path: () => '/work', as: 'city' },
  { name: 'work-secretariat', path: () => '/work', as: 'secretariat' },
  {
    name: 'appointment-form',
    path: () => '/work',
    as: 'secretariat',
    act: press('[data-panel=appointments] button'),
  },
  {
    name: 'menu-person',
    path: () => '/',
    as: 'city',
    act: press('[data-account=in]'),
    isView: true,
  },
  { name: 'menu-pages', path: () => '/', as: 'city', act: openPages, isView: true },
]
