/** A promise of time: until when, and when it was kept or nothing was owed any more; in milliseconds. */
export interface Deadline {
  by: number
  doneAt: number | null
}

export const until = (by: number): Deadline => ({ by, doneAt: null })

/** What was done stays done at its first time. */
export const done = (deadline: Deadline, at: number): Deadline => ({
  ...deadline,
  doneAt: deadline.doneAt ?? at,
})

/** By the clock while it is open; once late, late for ever. */
export const isLate = ({ by, doneAt }: Deadline, now: number): boolean => (doneAt ?? now) > by
