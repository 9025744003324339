import { z } from 'zod'
import { measureIds } from './measures/all.ts'
import { axes, presetWindows, timeBreakdowns, type ViewSpec } from './view.ts'

const DATE = String.raw`\d{4}-\d{2}-\d{2}`
/** `START/END`, each a date or a UTC minute. */
export const RANGE = new RegExp(`^${DATE}(T\\d{2}:\\d{2}(:00)?Z)?/${DATE}(T\\d{2}:\\d{2}(:00)?Z)?$`)

const codes = z.array(z.string().min(1).max(200)).min(1).max(100)

/** At the edge: HTTP query, socket handshake, socket event. */
export const ViewQuestion = z.strictObject({
  id: z.string().min(1).max(200).optional(),
  measures: z.array(z.enum(measureIds)).min(1).max(measureIds.length),
  by: z.enum([...timeBreakdowns, ...axes]).optional(),
  over: z.enum(timeBreakdowns).optional(),
  window: z.union([
    z.enum(presetWindows),
    // The last whole day, where whole days are published.
    z.literal('1d'),
    z.string().regex(RANGE, 'A window is one of 1h, 24h, 1d, today, 7d, 30d, 90d, or START/END'),
  ]),
  filters: z.partialRecord(z.enum(axes), codes).optional(),
  period: z.literal('previous').optional(),
}) satisfies z.ZodType<ViewSpec>

const MAX_VIEWS = 20

export const ViewSet = z.array(ViewQuestion).max(MAX_VIEWS)
