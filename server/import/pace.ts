/** Rows, rows a second and the time left, from what was `done` (0 to 1) in `elapsed` milliseconds. */
export function describePace(rows: number, { done, elapsed }: { done: number; elapsed: number }) {
  const left = done > 0 ? [`${duration((elapsed / done) * (1 - done))} left`] : []
  return [`${whole(rows)} rows`, `${perSecond(rows, elapsed)} rows/s`, ...left].join('  ')
}

export function perSecond(rows: number, elapsed: number): string {
  return whole(Math.round((rows / Math.max(1, elapsed)) * 1000))
}

export const whole = (count: number): string => count.toLocaleString('en')

/** For a person who waits: 42 s, 3 min 5 s, 2 h 10 min. */
export function duration(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
