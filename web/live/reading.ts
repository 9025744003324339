/** Both clocks of this machine. The one stops while it sleeps, the other can be set: neither alone tells how long something took. */
export interface Reading {
  monotonic: number
  wall: number
}

export const readClocks = (): Reading => ({ monotonic: performance.now(), wall: Date.now() })

/** Milliseconds between two readings, sleep included. A clock that is set forward makes it too long, never too short. */
export function elapsed(from: Reading, to: Reading): number {
  return Math.max(to.monotonic - from.monotonic, to.wall - from.wall)
}
