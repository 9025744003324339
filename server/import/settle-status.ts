import type { Status } from '#shared/ticket.ts'

interface Claims {
  /** What the row says in words; undefined where a mapping has no rules for that. */
  stated: Status | undefined
  closedAt: number | null
  /** Which of the two is believed where they disagree. */
  believe: 'status' | 'closedAt'
}

interface Settled {
  status: Status
  closedAt: number | null
  disagrees: boolean
}

/** A ticket said to be closed on no date is kept open: a close that cannot be dated cannot be counted. */
export function settleStatus({ stated, closedAt, believe }: Claims): Settled {
  if (stated === undefined) {
    return { status: closedAt === null ? 'open' : 'closed', closedAt, disagrees: false }
  }
  if (stated === 'open' && closedAt !== null) {
    if (believe === 'closedAt') return { status: 'closed', closedAt, disagrees: true }
    return { status: 'open', closedAt: null, disagrees: true }
  }
  if (stated === 'closed' && closedAt === null) return { status: 'open', closedAt, disagrees: true }
  return { status: stated, closedAt, disagrees: false }
}
