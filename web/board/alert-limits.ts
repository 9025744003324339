import { DAY } from '#shared/time.ts'

/** A source is late when its newest event is older, though it is heard. */
export const LATE = 2 * DAY
export const CLOSING = 3 * DAY
