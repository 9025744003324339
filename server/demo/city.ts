import type { Policy } from '#shared/policy.ts'
import type { Dimension } from '#shared/ticket.ts'
import { agencies } from './agencies.ts'
import { areas } from './areas.ts'
import { categories, type Category } from './categories.ts'
import { languages } from './languages.ts'
import type { Named } from './named.ts'
import { sourceNames, sources } from './sources.ts'

/* Port Halcyon is invented: its name, its agencies, its areas and whatever happens there. */

export const members: Record<Dimension, readonly Named[]> = {
  agency: agencies,
  area: areas,
  category: categories,
  channel: sources.map(({ channel }) => channel),
  language: languages,
}

/** Without summer time. */
export const timeZone = 'Asia/Taipei'

const hoursOf = (target: (category: Category) => number) =>
  Object.fromEntries(categories.map((category) => [category.code, target(category)]))

export const policy = {
  place: {
    names: { en: 'Port Halcyon', zh: '海晏港' },
    demonstration: true,
    sources: sourceNames,
  },
  timeZone,
  respondWithin: { default: 24, byCategory: hoursOf(({ respondWithin }) => respondWithin) },
  dueWithin: { default: 168, byCategory: hoursOf(({ dueWithin }) => dueWithin) },
  satisfiedFrom: 4,
  opened: ['agency', 'area', 'category'],
  minN: 30,
} satisfies Policy
