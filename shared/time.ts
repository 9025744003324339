export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
export const YEAR = 365.25 * DAY

/** The UTC minute an instant lies in, counted from 1970. */
export const minuteOf = (at: number): number => Math.floor(at / MINUTE)
