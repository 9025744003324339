import fc from 'fast-check'
import type { TicketEvent } from '#shared/events.ts'
import { DAY, HOUR, MINUTE } from '#shared/time.ts'

/** Before a change to summer time, and long enough ago that no event lies ahead of the server. */
export const epoch = Date.UTC(2026, 2, 27)

const pick = (prefix: string, n: number) =>
  fc.option(
    fc.integer({ min: 1, max: n }).map((i) => `${prefix}${i}`),
    { nil: null, freq: 5 },
  )

const after = (max: number) => fc.integer({ min: -2 * MINUTE, max })

/**
 * Any state of one of few tickets: ids and versions repeat, times lie close together around a change
 * to summer time, closes may come before receipt, reopenings, exclusions and all dimensions change.
 */
export const arbitraryEvent: fc.Arbitrary<TicketEvent> = arbitraryState()

/** The same, all times later: the clock of the events moves on. */
export function shifted(event: TicketEvent, by: number): TicketEvent {
  const later = <T extends number | null>(at: T): T => (at === null ? at : ((at + by) as T))
  return {
    ...event,
    receivedAt: later(event.receivedAt),
    respondedAt: later(event.respondedAt),
    dueAt: later(event.dueAt),
    closedAt: later(event.closedAt),
    survey: event.survey && { ...event.survey, at: later(event.survey.at) },
    reopenings:
      event.reopenings?.map(({ closedAt, closeReason, at }) => ({
        closedAt: later(closedAt),
        closeReason,
        at: later(at),
      })) ?? null,
  }
}

function arbitraryState(): fc.Arbitrary<TicketEvent> {
  return fc
    .record({
      id: fc.integer({ min: 1, max: 12 }).map((n) => `t${n}`),
      version: fc.integer({ min: 1, max: 6 }),
      receivedAt: fc.integer({ min: 0, max: 3 * DAY }),
      status: fc.constantFrom(
        'open',
        'open',
        'closed',
        'closed',
        'closed',
        'withdrawn',
        'duplicate',
      ),
      agency: pick('A', 2),
      area: pick('R', 3),
      category: pick('C', 2),
      channel: pick('H', 2),
      language: pick('L', 2),
      respondAfter: fc.option(after(DAY), { nil: null }),
      dueAfter: fc.option(after(3 * DAY), { nil: null }),
      closeAfter: after(2 * DAY),
      closeReason: fc.constantFrom('resolved', 'other', null),
      transfers: fc.nat(3),
      precision: fc.constantFrom('instant', 'instant', 'day'),
      survey: fc.option(
        fc.record({
          after: after(2 * DAY),
          resolved: fc.constantFrom(true, false, null),
          satisfaction: fc.constantFrom(1, 3, 4, 5, null),
        }),
        { nil: null },
      ),
      reopenings: fc.array(fc.tuple(after(DAY), fc.integer({ min: 0, max: 8 * HOUR })), {
        maxLength: 2,
      }),
    })
    .map(
      ({
        receivedAt: since,
        respondAfter,
        dueAfter,
        closeAfter,
        closeReason,
        survey,
        reopenings,
        ...rest
      }) => {
        const receivedAt = epoch + since
        const spells = spellsFrom(receivedAt, reopenings)
        const last = spells.at(-1)?.at ?? receivedAt
        return {
          ...rest,
          type: 'ticket',
          receivedAt,
          respondedAt: respondAfter === null ? null : receivedAt + respondAfter,
          dueAt: dueAfter === null ? null : receivedAt + dueAfter,
          closedAt: rest.status === 'closed' ? last + closeAfter : null,
          closeReason: rest.status === 'closed' ? closeReason : null,
          reopenings: spells.length > 0 ? spells : null,
          survey: survey && {
            at: receivedAt + survey.after,
            resolved: survey.resolved,
            satisfaction: survey.satisfaction,
          },
          location: null,
          summary: null,
          duplicateOf: null,
        } as TicketEvent
      },
    )
}

/** In order of time, as intake demands. */
function spellsFrom(receivedAt: number, reopenings: readonly (readonly [number, number])[]) {
  let at = receivedAt
  return reopenings.map(([closeAfter, reopenAfter]) => {
    const closedAt = at + closeAfter
    at = Math.max(at, closedAt + reopenAfter)
    return { closedAt, closeReason: 'resolved', at }
  })
}
