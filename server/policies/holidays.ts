import { z } from 'zod'
import { DAY, HOUR } from '#shared/time.ts'

const year = z.int().min(1970).max(2200)

/** Holidays by a country's law. */
export const CountryRule = z.strictObject({
  country: z.string().regex(/^[A-Za-z]{2}$/, 'must be two letters, such as US'),
  state: z.string().max(20).optional(),
  region: z.string().max(20).optional(),
  years: z
    .tuple([year, year], 'must be the first and the last year, such as [2024, 2030]')
    .refine(([first, last]) => first <= last && last - first < 100, 'must be at most 100 years'),
})
export type CountryRule = z.infer<typeof CountryRule>

/** A country's public holidays, the days that stand in for them too. Throws a sentence when it is not known. */
export async function countryHolidays(rule: CountryRule, timeZone: string): Promise<string[]> {
  // Loaded when it is asked for: it knows every country and is big.
  const { default: Holidays } = await import('date-holidays')
  const country = rule.country.toUpperCase()
  const {
    state = '',
    region = '',
    years: [from, to],
  } = rule
  const known = new Holidays()
  requireKnown(known.getCountries(), country, 'country')
  if (state) requireKnown(known.getStates(country), state, `state of ${country}`)
  if (region) requireKnown(known.getRegions(country, state), region, `region of ${state}`)
  const holidays = new Holidays({ country, state, region }, { timezone: timeZone })
  const years = Array.from({ length: to - from + 1 }, (_, n) => from + n)
  return years
    .flatMap((year) => holidays.getHolidays(year))
    .filter(({ type }) => type === 'public')
    .flatMap(({ start, end }) => daysWithin(start.getTime(), end.getTime(), timeZone))
}

function requireKnown(known: Record<string, string> | undefined, code: string, what: string): void {
  const codes = Object.keys(known ?? {})
  if (codes.some((one) => one.toLowerCase() === code.toLowerCase())) return
  const choice = codes.length > 0 && codes.length < 80 ? `: ${codes.join(', ')}` : ''
  throw new Error(`knows no ${what} called ${code}${choice}`)
}

/** Local dates whose working day lies within; an afternoon off is no holiday, a feast from sunset on is one. */
function daysWithin(start: number, end: number, timeZone: string): string[] {
  const dates: string[] = []
  for (let at = start; at < end + DAY; at += DAY) {
    const date = Temporal.Instant.fromEpochMilliseconds(at)
      .toZonedDateTimeISO(timeZone)
      .toPlainDate()
    const noon = date.toZonedDateTime({ timeZone, plainTime: '12:00' }).epochMilliseconds
    if (noon - 3 * HOUR >= start && noon + 3 * HOUR <= end) dates.push(date.toString())
  }
  return dates
}

/** One ISO date a line; what follows a `#` is a comment. */
export function datesIn(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '')
}
