/** Why a row cannot be taken, and in which of its columns or fields. */
export class RowError extends Error {
  readonly path: string

  constructor(path: string, message: string) {
    super(message)
    this.path = path
  }
}

export const reason = (path: string, error: string): string =>
  path === '' ? error : `${path}: ${error}`

/** What `read` reads from a row, or why it cannot. */
export function eventOrReason<T extends object>(read: () => T): T | string {
  try {
    return read()
  } catch (error) {
    if (error instanceof RowError) return reason(error.path, error.message)
    throw error
  }
}
