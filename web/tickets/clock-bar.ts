import type { Clock } from '#shared/tickets.ts'

/** A promise of time drawn from receipt on, in shares of the longer of what was promised and what it took. */
export interface ClockBar {
  verdict: Clock['verdict']
  /** Where the target stands. */
  target: number
  /** Time that ran, up to the target. */
  within: number
  /** Time that ran past it. */
  over: number
  /** Seconds left, or in hand when it was done; negative: over the target. */
  seconds: number
}

/** As it stands at `now`; undefined where there is nothing to hold it against. */
export function clockBar(
  { by, at, verdict }: Clock,
  receivedAt: number,
  now: number,
): ClockBar | undefined {
  if (by === null || verdict === 'none') return undefined
  const target = Date.parse(by)
  const end = at === null ? now : Date.parse(at)
  const seconds = Math.trunc((target - end) / 1000)
  const length = Math.max(1, target - receivedAt, end - receivedAt)
  const share = (until: number) => Math.max(0, Math.min(1, (until - receivedAt) / length))
  return {
    verdict: verdictAt(at !== null, end > target),
    target: share(target),
    within: share(Math.min(end, target)),
    over: Math.max(0, share(end) - share(target)),
    seconds,
  }
}

/** A target that was running when the page asked may have been missed since. */
function verdictAt(isDone: boolean, isOver: boolean): Clock['verdict'] {
  if (isOver) return 'missed'
  return isDone ? 'kept' : 'running'
}
