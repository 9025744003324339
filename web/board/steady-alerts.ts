import type { Alert } from './alerts.ts'

/** Which are of one gravity, the gravest first, as `alertsOf` has them. */
const GRAVITY: Readonly<Record<Alert['kind'], number>> = {
  ...{ silent: 0, late: 0 },
  ...{ consultation: 1, poll: 1 },
  missed: 2,
  ...{ overdue: 3, open: 3 },
}

const keyOf = (alert: Alert): string =>
  `${GRAVITY[alert.kind]} ${'code' in alert ? alert.code : alert.name}`

/** Each alert stays where it stood among those as grave, and new ones come after them: none moves while it is read. */
export function steadyAlerts() {
  let stood: readonly string[] = []
  return (alerts: readonly Alert[]): readonly Alert[] => {
    const places = new Map(stood.map((key, place) => [key, place]))
    const placeOf = (alert: Alert) => places.get(keyOf(alert)) ?? stood.length
    const steady = alerts.toSorted(
      (one, other) => GRAVITY[one.kind] - GRAVITY[other.kind] || placeOf(one) - placeOf(other),
    )
    stood = steady.map(keyOf)
    return steady
  }
}
