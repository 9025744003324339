import { describe, expect, test } from 'vitest'
import { isOnTime } from '#shared/measures/on-time-rate.ts'
import { Policy } from '#shared/policy.ts'
import { dimensions } from '#shared/ticket.ts'
import { DAY } from '#shared/time.ts'
import { agencies } from '../../../server/demo/agencies.ts'
import { categories } from '../../../server/demo/categories.ts'
import { members, policy } from '../../../server/demo/city.ts'
import { languages } from '../../../server/demo/languages.ts'
import { sources } from '../../../server/demo/sources.ts'
import { chance, lastOf, livesIn, shareOf, statesAt, storm, ticketOf, to } from './told.ts'

const all = livesIn(7)
const lasts = all.map(lastOf)
const closed = lasts.filter(({ status }) => status === 'closed')
const decided = closed.map((event) => ({ event, ticket: ticketOf(event) }))
const isMet = ({ ticket }: (typeof decided)[number]) => isOnTime(ticket)

describe('the city', () => {
  test('has 14 agencies, 12 areas, 40 categories, 6 channels and 9 languages, in two languages each', () => {
    const counts = dimensions.map((dimension) => members[dimension].length)
    expect(counts).toEqual([14, 12, 40, 6, 9])
    for (const dimension of dimensions) {
      const codes = members[dimension].map(({ code }) => code)
      expect(new Set(codes).size).toBe(codes.length)
      for (const { code, names } of members[dimension]) {
        expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/)
        expect(names.en).toMatch(/^[A-Z]/)
        expect(names.zh).toMatch(/^\p{Script=Han}+$/u)
        expect(
          lasts.some((event) => event[dimension] === code),
          `${dimension} ${code}`,
        ).toBe(true)
      }
    }
  })

  test('decides for every category, in a policy that any city could set', () => {
    expect(Policy.parse(policy)).toEqual(policy)
    for (const { code } of categories) {
      expect(policy.dueWithin.byCategory).toHaveProperty([code])
      expect(policy.respondWithin.byCategory).toHaveProperty([code])
    }
  })

  test('hears each channel and each language as often as it says, the smallest hardly ever', () => {
    const shares = [
      ...sources.map(({ channel, weight }) => ({ key: 'channel', code: channel.code, weight })),
      ...languages.map(({ code, weight }) => ({ key: 'language', code, weight })),
    ] as const
    for (const { key, code, weight } of shares) {
      const off = shareOf(lasts, (event) => event[key as 'channel'] === code) - weight / 100
      expect(Math.abs(off), code).toBeLessThan(chance(weight / 100, lasts.length))
    }
    const vietnamese = lasts.filter(({ language }) => language === 'vi').length
    expect(vietnamese / 90).toBeLessThan(10)
  })

  test('closes as much of each category on time as the real city did, within a few points', () => {
    // A storm is not what the figures are about; what is reopened or lies with others first is.
    const quiet = decided.filter(({ event }) => Math.abs(event.receivedAt - storm) > 21 * DAY)
    for (const { code, closing } of categories) {
      const worked = quiet.filter(({ event }) => event.category === code)
      const off = Math.abs(shareOf(worked, isMet) - closing.onTime)
      expect(off, code).toBeLessThan(0.04 + chance(closing.onTime, worked.length))
    }
  })

  test('has agencies that differ: in volume, on time, and in what they leave lying', () => {
    const open = statesAt(all, to).filter(({ status }) => status === 'open')
    const of = (code: string) => decided.filter(({ event }) => event.agency === code)
    const volumes = agencies.map(({ code }) => of(code).length)
    expect(Math.max(...volumes) / Math.min(...volumes)).toBeGreaterThan(50)
    const onTime = agencies.map(({ code }) => shareOf(of(code), isMet))
    expect(Math.max(...onTime) - Math.min(...onTime)).toBeGreaterThan(0.4)
    const left = agencies.map(
      ({ code }) => open.filter(({ agency }) => agency === code).length / of(code).length,
    )
    expect(Math.max(...left)).toBeGreaterThan(0.2)
    expect(Math.min(...left)).toBeLessThan(0.02)
  })

  test('answers most in time, and has some of everything', () => {
    const inTime = shareOf(decided, ({ ticket }) => ticket.respondedAt! <= ticket.respondBy!)
    expect(inTime).toBeGreaterThan(0.85)
    expect(inTime).toBeLessThan(0.95)
    for (const status of ['withdrawn', 'duplicate', 'out-of-jurisdiction'] as const) {
      expect(
        shareOf(lasts, (one) => one.status === status),
        status,
      ).toBeGreaterThan(0.003)
    }
    expect(lasts.some(({ transfers }) => transfers > 1)).toBe(true)
    expect(lasts.some(({ area }) => area === null)).toBe(true)
    const ids = new Set(lasts.map(({ id }) => id))
    const repeated = lasts.filter(({ status }) => status === 'duplicate')
    expect(repeated.every(({ duplicateOf }) => ids.has(duplicateOf!))).toBe(true)
  })

  test('has what citizens said of about half of it, in Chinese or in English', () => {
    const said = lasts.filter(({ summary }) => summary !== null)
    expect(said.length / lasts.length).toBeGreaterThan(0.5)
    expect(said.length / lasts.length).toBeLessThan(0.65)
    for (const { summary, language } of said) {
      if (/^\p{Script=Han}/u.test(summary!) !== (language === 'zh')) expect.fail(summary!)
    }
  })

  test('asks one in seven, of whom fewer call it resolved than were told so, with every agency', () => {
    const surveyed = closed.filter(({ survey }) => survey !== null)
    expect(surveyed.length / closed.length).toBeGreaterThan(0.12)
    expect(surveyed.length / closed.length).toBeLessThan(0.18)
    for (const { code } of agencies) {
      const asked = surveyed.filter(({ agency }) => agency === code)
      const asserted = shareOf(asked, ({ closeReason }) => closeReason === 'resolved')
      expect(
        shareOf(asked, ({ survey }) => survey!.resolved!),
        code,
      ).toBeLessThan(asserted)
    }
  })
})
