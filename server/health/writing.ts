import { type Complaint, isStorageFailure, reasonOf } from './complaint.ts'

/** Without another failure for so long, nobody knows any more. */
const REMEMBERED = 60_000

export interface Writing {
  failed(error: unknown): void
  succeeded(): void
  readonly complaint: Complaint | undefined
}

/** Whether the database takes what it is told to keep, as the last who told it saw. */
export function watchWriting(now: () => number = Date.now): Writing {
  let complaint: Complaint | undefined
  let lastAt = 0

  return {
    failed(error) {
      if (!isStorageFailure(error)) return
      lastAt = now()
      const said = reasonOf(error)
      if (complaint?.error !== said) complaint = { error: said, since: lastAt }
    },
    succeeded() {
      complaint = undefined
    },
    get complaint() {
      return complaint && now() - lastAt < REMEMBERED ? complaint : undefined
    },
  }
}
