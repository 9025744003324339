import { describe, expect, test } from 'vitest'
import { DAY, HOUR, MINUTE } from '#shared/time.ts'
import { agendaFrom } from '../../../server/demo/agenda.ts'
import { eventOf } from '../../../server/demo/generate.ts'
import { shareOf, storm } from './told.ts'

const now = storm + 30 * DAY + 10 * HOUR + 20 * MINUTE
const from = now - 6 * HOUR

describe('the agenda', () => {
  test('tells what is past once a ticket, as it stands, in order of time', async () => {
    const agenda = await agendaFrom(7, { since: from, from, now })
    expect(agenda.pastTold).toBe(0)
    const due = agenda.due(now, Infinity)
    const events = due.map(eventOf)
    expect(due.map(({ at }) => at)).toEqual(due.map(({ at }) => at).toSorted((a, b) => a - b))
    expect(due.every(({ at }) => at >= from && at <= now)).toBe(true)
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length)
    expect(events.some(({ receivedAt }) => receivedAt < now - 30 * DAY)).toBe(true)
    expect(events.some(({ version }) => version > 1)).toBe(true)
    agenda.done(due.length)
    expect(agenda.pastTold).toBe(1)
  })

  test('at the founding tells also what was open all the time, and nothing was said of', async () => {
    const since = now - HOUR
    const agenda = await agendaFrom(7, { since, from: -Infinity, now })
    const quiet = agenda.due(now, Infinity).filter(({ at }) => at < since)
    expect(quiet.length).toBeGreaterThan(5000)
    // The others are closed, and their citizens have not been asked yet.
    expect(shareOf(quiet.map(eventOf), ({ status }) => status === 'open')).toBeGreaterThan(0.9)
  })

  test('tells what comes, at its time, beyond the hour in which it was made', async () => {
    const agenda = await agendaFrom(7, { since: from, from, now })
    agenda.done(agenda.due(now, Infinity).length)
    expect(agenda.due(now, Infinity)).toEqual([])
    const later = agenda.due(now + 2 * HOUR, Infinity)
    const born = later.filter(({ index }) => index === 0).map(eventOf)
    expect(born.some(({ receivedAt }) => receivedAt > now + HOUR)).toBe(true)
    expect(later.map(({ at }) => at)).toEqual(later.map(({ at }) => at).toSorted((a, b) => a - b))
    expect(later.every(({ at }) => at >= now && at <= now + 2 * HOUR)).toBe(true)
  })

  test('told in two goes, leaves every ticket as told in one', async () => {
    const whole = await agendaFrom(7, { since: from, from, now })
    const states = new Map(
      whole
        .due(now, Infinity)
        .map(eventOf)
        .map((event) => [event.id, event]),
    )
    const middle = now - 3 * HOUR
    const inTwo = new Map<string, unknown>()
    for (const [start, end] of [
      [from, middle],
      [middle, now],
    ] as const) {
      const agenda = await agendaFrom(7, { since: start, from: start, now: end })
      for (const event of agenda.due(end - 1, Infinity).map(eventOf)) inTwo.set(event.id, event)
    }
    expect(inTwo).toEqual(states)
  }, 60_000)
})
