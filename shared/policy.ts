import { z } from 'zod'
import { dimensions } from './ticket.ts'

/** Of a page elsewhere: what a reader may be led to. */
const Link = z.url({ protocol: /^https?$/, hostname: /.*/, error: 'must be like https://…' })

/** Hours by the clock; or of working time; or whole working days after the day of receipt. */
const Target = z.union(
  [
    z
      .number()
      .positive()
      .max(20 * 8766),
    z.strictObject({ workingHours: z.number().positive().max(10_000) }),
    z.strictObject({ workingDays: z.int().min(1).max(1000) }),
  ],
  'must be a number of hours, {"workingHours": n}, {"workingDays": n}, or null for none',
)
export type Target = z.infer<typeof Target>

/** Listed here because a policy is read where no measure is; a test holds it against them. */
export const surveyMeasureIds = [
  'resolutionConfirmed',
  'resolutionGap',
  'satisfactionRate',
  'surveyCoverage',
] as const

/** A target by category code, and one for every category not named; null sets none. */
const TargetByCategory = z.strictObject({
  default: Target.nullable(),
  byCategory: z.record(z.string().max(200), Target.nullable()).default({}),
})
export type TargetByCategory = z.infer<typeof TargetByCategory>

export const weekdays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const

/** Local times of one day, `08:30-12:00`; a day ends at `24:00`. */
const Stretch = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be like 08:30-17:00')
  .refine((text) => text.slice(0, 5) < text.slice(6), 'must end after it begins')

const Stretches = z
  .array(Stretch)
  .max(12)
  .refine(
    (list) => list.every((text, at) => at === 0 || list[at - 1]!.slice(6) <= text.slice(0, 5)),
    'must be in order and not overlap',
  )

const dates = z.array(z.iso.date('must be a date such as 2026-12-25')).max(20_000).default([])

/** When a city works, in its time zone. Holidays are dates, so that a decision can be made again in years. */
export const WorkingCalendar = z.strictObject({
  week: z
    .partialRecord(z.enum(weekdays), Stretches)
    .refine((week) => minutesIn(week) >= 60, 'must have an hour of work at least'),
  holidays: dates,
  /** Worked although the week or a holiday says otherwise: with the day's own hours, else the first worked day's. */
  extraWorkingDays: dates,
})
export type WorkingCalendar = z.infer<typeof WorkingCalendar>

const days = z.int().min(1).max(1000)
const SuggestionDays = z
  .strictObject({ review: days, decision: days })
  .refine(({ review, decision }) => review <= decision, {
    path: ['decision'],
    error: 'must not be before the review',
  })
/** Of a policy that says nothing of it. */
export const usualSuggestionDays: z.infer<typeof SuggestionDays> = { review: 5, decision: 20 }

/** Working days after a consultation closes, within which all that was said is answered. */
export const usualConsultationDays = 20

/** By BCP 47 language. */
const Names = z.record(z.string().min(2).max(35), z.string().min(1).max(100))

const zone = z.string().refine(isTimeZone, 'must be an IANA time zone such as America/New_York')

/** Whole working days after the day: to answer a flag or settle it, by its severity; to acknowledge it; and for its author's word on an answer. */
const FlagDays = z.strictObject({
  low: days,
  normal: days,
  high: days,
  acknowledge: days,
  word: days,
})
export type FlagDays = z.infer<typeof FlagDays>

export const usualFlagDays: FlagDays = { low: 10, normal: 5, high: 2, acknowledge: 1, word: 10 }

/**
 * What a city decides and the numbers depend on. Each change is a new version; what a policy decides
 * about a ticket is stored in the ticket's own columns when it comes in.
 */
export const Policy = z
  .strictObject({
    place: z.strictObject({
      names: Names,
      demonstration: z.boolean().default(false),
      /** Under which others may use the numbers. */
      licence: z
        .strictObject({ name: z.string().min(1).max(200), url: Link.optional() })
        .optional(),
      /** What sources are called in other languages, by their own name. */
      sources: z.record(z.string().max(100), Names).optional(),
      /** Where to write about them: an address for mail, or of a page. */
      contact: z.union([z.email(), Link], 'must be an address for mail or of a page').optional(),
    }),
    timeZone: zone,
    /** From receipt, within which a person should answer. */
    respondWithin: TargetByCategory,
    /** From receipt, after which a ticket is due when its source states no due date. */
    dueWithin: TargetByCategory,
    /** Needed where a target is in working time. */
    workingCalendar: WorkingCalendar.nullish(),
    /** The lowest of the five ratings that counts as satisfied. */
    satisfiedFrom: z.int().min(1).max(5),
    /** Dimensions opened to the public, because the city publishes single tickets anyway. */
    opened: z.array(z.enum(dimensions)),
    /** Survey measures that are published by opened dimensions too: each answer is one person's word. */
    openedMeasures: z.array(z.enum(surveyMeasureIds)).optional(),
    /** A row with fewer tickets is not ranked. */
    minN: z.int().min(1),
    /** Within which flags are answered and settled; `usualFlagDays` where it is not said. */
    flagDays: FlagDays.optional(),
    /** Working days after a suggestion came, within which its review begins and it is decided. */
    suggestionDays: SuggestionDays.optional(),
    /** Within which what was said on a draft is answered; `usualConsultationDays` where it is not said. */
    consultationDays: days.optional(),
  })
  .refine((policy) => policy.workingCalendar || !hasWorkingTarget(policy), {
    path: ['workingCalendar'],
    error: 'must say when the city works: a target is in working time',
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

function hasWorkingTarget(
  policy: Record<'respondWithin' | 'dueWithin', TargetByCategory>,
): boolean {
  return [policy.respondWithin, policy.dueWithin]
    .flatMap((targets) => [targets.default, ...Object.values(targets.byCategory)])
    .some((target) => typeof target === 'object' && target !== null)
}

function minutesIn(week: Partial<Record<string, string[]>>): number {
  const all = Object.values(week).flatMap((stretches) => stretches ?? [])
  return all.reduce(
    (sum, text) => sum + minuteOfDay(text.slice(6)) - minuteOfDay(text.slice(0, 5)),
    0,
  )
}

/** Of a local time such as `08:30`. */
export function minuteOfDay(time: string): number {
  return 60 * Number(time.slice(0, 2)) + Number(time.slice(3))
}

/** Not an offset such as +08:00: it has no summer time, and PostgreSQL reads it the other way round. */
function isTimeZone(name: string): boolean {
  if (/^[+-]/.test(name)) return false
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}
