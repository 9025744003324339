/** The deployment's clock and the database's, as they were when last asked, and how they have gone on since. */
export class KnownTime {
  #asOf = 0
  #database = 0
  /** The monotonic time of asking. */
  #askedAt = 0

  /** Everything committed before this instant of the deployment's clock is counted. */
  get asOf(): number {
    return this.#asOf
  }

  /** The deployment's clock now; it goes on while the database is out of reach. */
  get now(): number {
    return this.#asOf + this.#since
  }

  get databaseNow(): number {
    return this.#database + this.#since
  }

  /** The deployment's clock never goes back. */
  set(asOf: number, database: number): void {
    this.#asOf = Math.max(asOf, this.#asOf)
    this.#database = database
    this.#askedAt = performance.now()
  }

  get #since(): number {
    return performance.now() - this.#askedAt
  }
}
