import { HttpError } from '../http/errors.ts'

/** Files that are read or drawn at once in this process: each may take a hundred megabytes for a moment. */
const MOST = 4

/** Lets a person send one file at a time, and few people at once. */
export function oneAtATime() {
  const busy = new Set<string>()

  return async <T>(person: string, task: () => Promise<T>): Promise<T> => {
    if (busy.has(person)) {
      throw new HttpError(429, 'Your other file is still coming. Send one after the other.', {
        retryAfter: 2,
        code: 'file.one-by-one',
      })
    }
    if (busy.size >= MOST) {
      throw new HttpError(503, 'Too many files are coming just now. Send it again.', {
        retryAfter: 5,
      })
    }
    busy.add(person)
    try {
      return await task()
    } finally {
      busy.delete(person)
    }
  }
}
