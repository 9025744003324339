interface Flight {
  ids: ReadonlySet<string>
  landed: Promise<void>
}

export interface Submitter<T> {
  /** Resolves as soon as there is room for more. Rejects when an earlier batch failed. */
  submit(events: readonly T[]): Promise<void>
  /** Resolves when everything submitted is durable. */
  landed(): Promise<void>
}

/**
 * Keeps a few batches in the air, but never two with the same ticket: of two rows with one id and one
 * version the first in the file wins, in every run.
 */
export function submitInOrder<T extends { id: string }>(
  send: (events: readonly T[]) => Promise<void>,
  most = 3,
): Submitter<T> {
  const flights = new Set<Flight>()
  let failure: { error: unknown } | undefined

  const mayStart = (ids: ReadonlySet<string>) =>
    flights.size < most && [...flights].every((flight) => flight.ids.isDisjointFrom(ids))

  async function landed() {
    await Promise.all([...flights].map((flight) => flight.landed))
    if (failure) throw failure.error
  }

  return {
    async submit(events) {
      const ids = new Set(events.map(({ id }) => id))
      while (!mayStart(ids)) await Promise.race([...flights].map((flight) => flight.landed))
      if (failure) return landed()
      const flight: Flight = { ids, landed: land() }
      flights.add(flight)

      async function land() {
        try {
          await send(events)
        } catch (error) {
          failure ??= { error }
        } finally {
          flights.delete(flight)
        }
      }
    },
    landed,
  }
}
