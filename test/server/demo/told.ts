import type { TicketEvent } from '#shared/events.ts'
import type { Ticket } from '#shared/ticket.ts'
import { DAY, HOUR } from '#shared/time.ts'
import { policy } from '../../../server/demo/city.ts'
import { lives } from '../../../server/demo/generate.ts'
import type { Life } from '../../../server/demo/life.ts'
import { eventAt } from '../../../server/demo/telling.ts'

/** A Monday's midnight by the city's clock. 90 days from then hold the storm of Sunday 19 July 2026. */
export const from = Date.parse('2026-06-01T00:00:00+08:00')
export const to = from + 90 * DAY
export const storm = Date.parse('2026-07-19T00:00:00+08:00')

const known = new Map<number, readonly Life[]>()

/** Of those 90 days, made once in a worker of tests: several files look at the same. */
export const livesIn = (seed: number): readonly Life[] =>
  known.getOrInsertComputed(seed, () => [...lives(seed, { from, to })])

/** The last that is said of a ticket. */
export const lastOf = ({ steps }: Life): TicketEvent => eventAt(steps, steps.length - 1)

/** What the city knew of its tickets at an instant. */
export function statesAt(all: readonly Life[], at: number): TicketEvent[] {
  return all.flatMap(({ steps }) => {
    const index = steps.findLastIndex((step) => step.at < at)
    return index < 0 ? [] : [eventAt(steps, index)]
  })
}

export const shareOf = <T>(all: readonly T[], isCounted: (one: T) => boolean): number =>
  all.filter(isCounted).length / all.length

/** How far a share of `n` that is `p` by its making may lie off by chance: four standard deviations. */
export const chance = (p: number, n: number): number => 4 * Math.sqrt((p * (1 - p)) / n)

/** The ticket as it is counted, decided about by the city's policy. */
export function ticketOf(event: TicketEvent): Ticket {
  const { receivedAt, category, survey } = event
  const hours = (target: 'respondWithin' | 'dueWithin') => policy[target].byCategory[category!]!
  return {
    ...event,
    ...{ agency: 1, area: 1, category: 1, channel: 1, language: 1 },
    respondBy: receivedAt + hours('respondWithin') * HOUR,
    dueAt: receivedAt + hours('dueWithin') * HOUR,
    surveyAt: survey?.at ?? null,
    surveyResolved: survey?.resolved ?? null,
    surveySatisfaction: survey?.satisfaction ?? null,
    satisfied: survey && survey.satisfaction! >= policy.satisfiedFrom,
  }
}
