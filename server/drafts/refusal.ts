/** Why a file is no draft, as an HTTP status and a sentence. */
export class DraftRefusal extends Error {
  readonly status: 400 | 413 | 415

  constructor(status: 400 | 413 | 415, message: string) {
    super(message)
    this.status = status
  }
}
