/** Why a row cannot be taken, and in which of its columns or fields. */
export class RowError extends Error {
  readonly path: string

  constructor(path: string, message: string) {
    super(message)
    this.path = path
  }
}
