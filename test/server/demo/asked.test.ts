import { describe, expect, test } from 'vitest'
import { CommentEvent } from '#shared/consultations/events.ts'
import { PollResponseEvent, VoteEvent } from '#shared/polls/events.ts'
import { DAY, MINUTE } from '#shared/time.ts'
import { commentOf, planOf } from '../../../server/demo/consultations/comment-of.ts'
import { subjects } from '../../../server/demo/consultations/talk.ts'
import { answersTo, isAgreement, polls, votesOn } from '../../../server/demo/polls/canvass.ts'

const opensAt = Date.parse('2026-06-01T00:00:00Z')

/** All that people say to what the city asks, each as it would be told. */
const all = [
  ...subjects.map((subject) => {
    const plan = planOf(subject, opensAt)
    return { ...subject, ...plan, eventOf: (number: number) => commentOf(plan, number) }
  }),
  ...polls.map((asked) => ({
    ...asked,
    ...(isAgreement(asked) ? votesOn(asked, opensAt) : answersTo(asked, opensAt)),
  })),
]
const open = all.filter((one) => one.open > one.opened)

describe('what the city asks its people', () => {
  test('is three drafts of which one has closed, two polls and one on statements that are open, and one that has closed', () => {
    expect(open.map(({ code }) => code)).toEqual([
      ...['night-ferry', 'market-streets'],
      ...['waterfront-evenings', 'ferry-bicycles', 'city-at-night'],
    ])
    expect(all.filter((one) => one.open <= one.opened).map(({ code }) => code)).toEqual([
      ...['shade-trees', 'school-streets'],
    ])
  })

  test.each(open)('moves within any two minutes, at night too: $code', ({ times, ...one }) => {
    const since = opensAt + one.opened * DAY
    const live = times.filter((at) => at >= since)
    const waits = live.map((at, number) => at - (live[number - 1] ?? since))
    expect(Math.max(...waits)).toBeLessThanOrEqual(2 * MINUTE)
    expect(opensAt + one.open * DAY - live.at(-1)!).toBeLessThanOrEqual(2 * MINUTE)
  })

  test.each(all)('is answered in order, in its time and as intake takes it: $code', (one) => {
    expect(one.times).toEqual(one.times.toSorted())
    expect(one.times[0]).toBeGreaterThanOrEqual(opensAt)
    expect(one.times.at(-1)).toBeLessThan(opensAt + one.open * DAY)
    for (const number of [0, 1, 17, one.times.length - 1]) {
      const event = one.eventOf(number)
      const kind = { comment: CommentEvent, 'poll-response': PollResponseEvent, vote: VoteEvent }
      const told = JSON.parse(JSON.stringify(event, timesAsText)) as object
      expect(kind[event.type as keyof typeof kind].parse(told)).toEqual(event)
      expect(one.eventOf(number)).toEqual(event)
    }
  })

  test('is voted on by each person once a statement', () => {
    const { times, eventOf } = all.find(({ code }) => code === 'city-at-night')!
    const cast = Array.from({ length: 3200 }, (_, number) => {
      const vote = eventOf(number) as VoteEvent
      return `${vote.person} ${vote.statement}`
    })
    expect(times.length).toBeGreaterThan(cast.length)
    expect(new Set(cast).size).toBe(cast.length)
  })
})

/** As a source would write them. */
const timesAsText = (key: string, value: unknown): unknown =>
  key.endsWith('At') && typeof value === 'number' ? new Date(value).toISOString() : value
