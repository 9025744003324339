import { MINUTE } from '#shared/time.ts'

/** All offsets from UTC are whole quarters of an hour in our time, so no quarter lies in two days. */
const QUARTER = 15 * MINUTE

export type Period = 'day' | 'month' | 'year'

const lengths: Record<Period, number> = { day: 10, month: 7, year: 4 }

/** Counts when the rows of a file were received, to find those that do not belong to its period. */
export function periodsOf(period: Period, timeZone: string) {
  const quarters = new Map<number, number>()

  function byPeriod(): Map<string, number> {
    const counts = new Map<string, number>()
    for (const [quarter, count] of quarters) {
      const local = Temporal.Instant.fromEpochMilliseconds(quarter * QUARTER)
      const name = local.toZonedDateTimeISO(timeZone).toString().slice(0, lengths[period])
      counts.set(name, (counts.get(name) ?? 0) + count)
    }
    return counts
  }

  return {
    add(receivedAt: number): void {
      const quarter = Math.floor(receivedAt / QUARTER)
      quarters.set(quarter, (quarters.get(quarter) ?? 0) + 1)
    },
    /** Rows of all periods but the one that has most. */
    outside(): number {
      const counts = [...byPeriod().values()]
      return counts.reduce((sum, count) => sum + count, 0) - Math.max(0, ...counts)
    },
  }
}
