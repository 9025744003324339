import type { z } from 'zod'
import { Policy } from '#shared/policy.ts'
import { countryHolidays, CountryRule, datesIn } from './holidays.ts'

export interface PolicyFault {
  path: string
  error: string
}

export type ReadPolicy =
  { policy: Policy; faults?: undefined } | { policy?: undefined; faults: PolicyFault[] }

/** The text of a file that a policy names; rejects with an error whose message is for who named it. */
export type ReadFile = (name: string) => Promise<string>

/**
 * A policy as it is given, typed, or everything that is wrong with it. Its holidays may be dates,
 * `{"country": "US", "state": "ma", "years": [2024, 2030]}`, `{"file": "holidays.txt"}`, or a list of
 * all these; they become dates here, once: a later version of a law or a library changes no decision.
 */
export async function readPolicy(given: unknown, readFile: ReadFile): Promise<ReadPolicy> {
  const resolved = structuredClone(given)
  const faults = await resolveHolidays(resolved, readFile)
  const result = Policy.safeParse(resolved)
  if (!result.success) faults.push(...faultsOf(result.error))
  return faults.length === 0 ? { policy: result.data! } : { faults }
}

const faultsOf = (error: z.ZodError, within: string[] = []): PolicyFault[] =>
  error.issues.map(({ path, message }) => ({
    path: [...within, ...path].join('.'),
    error: message,
  }))

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Puts dates in the place of whatever stands for them. */
async function resolveHolidays(given: unknown, readFile: ReadFile): Promise<PolicyFault[]> {
  if (!isObject(given) || !isObject(given.workingCalendar)) return []
  const { workingCalendar: calendar } = given
  if (calendar.holidays === undefined) return []
  const entries = Array.isArray(calendar.holidays) ? calendar.holidays : [calendar.holidays]
  const dates: unknown[] = []
  const faults: PolicyFault[] = []
  for (const entry of entries) {
    const found = await datesOf(entry, { readFile, timeZone: timeZoneOf(given) })
    if ('faults' in found) faults.push(...found.faults)
    else dates.push(...found.dates)
  }
  calendar.holidays = [...new Set(dates)].sort()
  return faults
}

const timeZoneOf = ({ timeZone }: Record<string, unknown>): string => {
  const isKnown = Policy.shape.timeZone.safeParse(timeZone).success
  return isKnown ? (timeZone as string) : 'UTC'
}

type Found = { dates: unknown[] } | { faults: PolicyFault[] }
const PATH = ['workingCalendar', 'holidays']

async function datesOf(
  entry: unknown,
  { readFile, timeZone }: { readFile: ReadFile; timeZone: string },
): Promise<Found> {
  if (!isObject(entry)) return { dates: [entry] }
  try {
    if (typeof entry.file === 'string') return { dates: datesIn(await readFile(entry.file)) }
    const rule = CountryRule.safeParse(entry)
    if (!rule.success) return { faults: faultsOf(rule.error, PATH) }
    return { dates: await countryHolidays(rule.data, timeZone) }
  } catch (error) {
    return { faults: [{ path: PATH.join('.'), error: (error as Error).message }] }
  }
}
