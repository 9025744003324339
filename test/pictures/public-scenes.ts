import { key, press } from './deeds.ts'
import { reviseDays } from './revised.ts'
import type { Scene } from './scene.ts'

/** Every page that everybody may open, as it mostly is. */
export const publicScenes: readonly Scene[] = [
  { name: 'board', path: () => '/' },
  { name: 'board-week', path: () => '/?window=7d' },
  { name: 'board-narrowed', path: ({ agency, area }) => `/?agency=${agency}&area=${area}` },
  { name: 'board-past', path: ({ moment }) => `/?at=${moment}` },
  { name: 'board-card', path: () => '/', act: press('[data-define="onTimeRate"]'), isView: true },
  {
    name: 'board-card-revised',
    path: () => '/?window=7d',
    before: reviseDays,
    act: press('[data-define="onTimeRate"]'),
    isView: true,
  },
  { name: 'board-revised', path: () => '/?window=7d', before: reviseDays },
  { name: 'board-search', path: () => '/', act: key('/'), isView: true },
  { name: 'board-keys', path: () => '/', act: key('?'), isView: true },
  { name: 'compare', path: ({ agency }) => `/compare?a=agency:${agency}&window=7d` },
  { name: 'compare-city', path: () => '/compare' },
  {
    name: 'compare-card',
    path: ({ agency }) => `/compare?a=agency:${agency}&b=previous:agency:${agency}`,
    act: press('[data-side=b] [data-define=onTimeRate]'),
    isView: true,
  },
  { name: 'tickets', path: () => '/tickets', isView: true },
  { name: 'tickets-groups', path: () => '/tickets?group=area' },
  { name: 'ticket', path: ({ ticket }) => `/${ticket}` },
  { name: 'agency', path: ({ agency }) => `/agencies/${agency}` },
  { name: 'area', path: ({ area }) => `/areas/${area}` },
  { name: 'category', path: ({ category }) => `/categories/${category}` },
  { name: 'definitions', path: () => '/definitions' },
  { name: 'status', path: () => '/status' },
  { name: 'about', path: () => '/about' },
  { name: 'design', path: () => '/design' },
  ...['headline', 'flow', 'ranking', 'movers'].map((scene) => ({
    name: `screen-${scene}`,
    path: () => `/screen?scenes=${scene}`,
    isView: true,
  })),
]
