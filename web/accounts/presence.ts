/** Milliseconds of warning before somebody is signed out. */
const WARNED = 120_000

export type Presence = { kind: 'here' } | { kind: 'leaving'; endsAt: number } | { kind: 'gone' }

/** What is to be thought of somebody who last touched the page at `touchedAt`; `idle` in milliseconds. */
export function presenceAt(now: number, touchedAt: number, idle: number): Presence {
  const endsAt = touchedAt + idle
  if (now >= endsAt) return { kind: 'gone' }
  if (now >= endsAt - Math.min(WARNED, idle / 3)) return { kind: 'leaving', endsAt }
  return { kind: 'here' }
}
