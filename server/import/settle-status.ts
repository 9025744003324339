import type { Status } from '#shared/ticket.ts'
import type { Remark } from './remarks.ts'

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
  remark: Remark | undefined
}

/** A ticket said to be closed on no date is kept open: a close that cannot be dated cannot be counted. */
export function settleStatus({ stated, closedAt, believe }: Claims): Settled {
  const isDated = closedAt !== null
  if (stated === undefined) {
    return { status: isDated ? 'closed' : 'open', closedAt, remark: undefined }
  }
  if (stated === 'closed' && !isDated) return { status: 'open', closedAt, remark: 'undated' }
  if (stated !== 'open' || !isDated) return { status: stated, closedAt, remark: undefined }
  if (believe === 'closedAt') return { status: 'closed', closedAt, remark: 'disagreeing' }
  return { status: 'open', closedAt: null, remark: 'disagreeing' }
}
