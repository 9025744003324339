/** What a clock in this time zone shows, as a form writes it: `2026-11-19T14:38`. */
export function localTime(at: number, zone: string): string {
  const clock = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'short',
  })
  return clock.format(at).replace(' ', 'T')
}

/** The instant at which it shows that; where it is shown twice the first, and where never one beside it. */
export function instantOf(local: string, zone: string): number {
  const asUtc = Date.parse(`${local}Z`)
  const aheadAt = (at: number) => Date.parse(`${localTime(at, zone)}Z`) - at
  const [before, after] = [asUtc - 86_400_000, asUtc + 86_400_000]
  const found = [before, after].map((near) => asUtc - aheadAt(near - (near % 60_000)))
  return found.find((at) => localTime(at, zone) === local) ?? found[0]!
}
