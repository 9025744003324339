interface Patience {
  /** Milliseconds. */
  within: number
  late: () => Error
}

/** The work's outcome, or an error when it takes too long; the work itself goes on. */
export async function inTime<T>(work: Promise<T>, { within, late }: Patience): Promise<T> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(late()), within)
  try {
    return await Promise.race([work, tooLate])
  } finally {
    clearTimeout(timer)
  }
}
