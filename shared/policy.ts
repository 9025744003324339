import { z } from 'zod'
import { dimensions } from './ticket.ts'

const hours = z
  .number()
  .positive()
  .max(20 * 8766)

/** Hours by category code, with one value for every category not named; null sets no target. */
const HoursByCategory = z.strictObject({
  default: hours.nullable(),
  byCategory: z.record(z.string().max(200), hours.nullable()).default({}),
})

const zone = z.string().refine(isTimeZone, 'must be an IANA time zone such as America/New_York')

/**
 * What a city decides and the numbers depend on. Each change is a new version; what a policy decides
 * about a ticket is stored in the ticket's own columns when it comes in.
 */
export const Policy = z.strictObject({
  place: z.strictObject({
    names: z.record(z.string().min(2).max(35), z.string().min(1).max(100)),
    demonstration: z.boolean().default(false),
  }),
  timeZone: zone,
  /** Hours from receipt within which a person should answer. */
  respondWithin: HoursByCategory,
  /** Hours from receipt after which a ticket is due when its source states no due date. */
  dueWithin: HoursByCategory,
  /** The lowest of the five ratings that counts as satisfied. */
  satisfiedFrom: z.int().min(1).max(5),
  /** Dimensions opened to the public, because the city publishes single tickets anyway. */
  opened: z.array(z.enum(dimensions)),
  /** A row with fewer tickets is not ranked. */
  minN: z.int().min(1),
})
export type Policy = z.infer<typeof Policy>

export const defaultPolicy: Policy = {
  place: { names: { en: 'A city without a name yet' }, demonstration: false },
  timeZone: 'UTC',
  respondWithin: { default: 24, byCategory: {} },
  dueWithin: { default: null, byCategory: {} },
  satisfiedFrom: 4,
  opened: [],
  minN: 30,
}

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}
