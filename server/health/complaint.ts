/** Why something does not work just now. */
export interface Complaint {
  error: string
  /** Milliseconds since 1970, by this machine. */
  since: number
}

const REASONS: Record<string, string> = {
  '53100': 'The disk of the database is full.',
  '53200': 'The database has no memory left.',
  '53300': 'The database takes no more connections.',
  '57P03': 'The database is starting or stopping.',
  '25006': 'The database is read-only.',
  '28P01': 'The database refuses the password.',
  ECONNREFUSED: 'The database cannot be reached.',
  ENOTFOUND: 'The database cannot be reached.',
}

/** What an error of the database means, in a sentence that quotes nothing of it. */
export function reasonOf(error: unknown): string {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown }
  const known = REASONS[String(code)]
  if (known || cause === undefined) return known ?? 'The database does not answer.'
  return reasonOf(cause)
}

/** Whether the database could not write, rather than somebody's row being at fault. */
export function isStorageFailure(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown }
  return /^(53|58|25006)/.test(String(code))
}
