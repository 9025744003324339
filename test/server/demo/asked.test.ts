import { describe, expect, test } from 'vitest'
import { CommentEvent } from '#shared/consultations/events.ts'
import { PollResponseEvent, VoteEvent } from '#shared/polls/events.ts'
import { DAY, MINUTE } from '#shared/time.ts'
import { commentOf, planOf } from '../../../server/demo/consultations/comment-of.ts'
import { subjects } from '../../../server/demo/consultations/talk.ts'
import { answersTo, isAgreement, polls, votesOn } from '../../../server/demo/polls/canvass.ts'
import { type Asked, firstOf, roundOf, roundsBy } from '../../../server/demo/rounds.ts'

const opensAt = Date.parse('2026-06-01T00:00:00Z')
const first = (asked: Asked) => roundOf(asked, opensAt, 1)

/** All that people say to what the city asks, each as it would be told. */
const all = [
  ...subjects.map((subject) => {
    const plan = planOf(subject, first(subject))
    return { ...subject, ...plan, eventOf: (number: number) => commentOf(plan, number) }
  }),
  ...polls.map((asked) => ({
    ...asked,
    ...(isAgreement(asked) ? votesOn(asked, first(asked)) : answersTo(asked, first(asked))),
  })),
]
const open = all.filter((one) => one.open > one.opened && one.opened > 0)

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

  test('goes on for ever: at any age two drafts and two polls are open, one on statements, and some are adopted', () => {
    const foundedAt = opensAt
    const isOpen = (asked: Asked, at: number) => {
      const firstAt = firstOf(asked, foundedAt)
      const number = roundsBy(asked, firstAt, at)
      return number > 0 && at < roundOf(asked, firstAt, number).opensAt + asked.open * DAY
    }
    const hasOutcome = (asked: (typeof subjects)[number], at: number) =>
      asked.outcome !== undefined &&
      firstOf(asked, foundedAt) + (asked.open + asked.outcome.day) * DAY <= at
    const days = Array.from({ length: 4 * 365 }, (_, day) => foundedAt + day * DAY)
    const tooFew = days.filter(
      (at) =>
        subjects.filter((one) => isOpen(one, at)).length < 2 ||
        polls.filter((one) => isOpen(one, at) && !isAgreement(one)).length < 2 ||
        !polls.some((one) => isOpen(one, at) && isAgreement(one)) ||
        !subjects.some((one) => hasOutcome(one, at)),
    )
    expect(tooFew).toEqual([])
  })

  test('is told whole before it is asked again, and says something else then', () => {
    for (const subject of subjects) {
      const { open, outcome, drafts, again = Infinity } = subject
      const last = Math.max(open + (outcome?.day ?? 0), ...drafts.map(({ day }) => day))
      expect(last).toBeLessThan(again)
    }
    const [subject] = subjects
    const plans = [1, 2, 12].map((number) => planOf(subject!, roundOf(subject!, opensAt, number)))
    const texts = plans.map((plan) => [5, 6, 7].map((n) => commentOf(plan, n).text).join())
    expect(new Set(texts).size).toBe(3)
    expect(commentOf(plans[2]!, 5).consultation).toBe('night-ferry-12')
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
