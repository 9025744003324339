import { whole } from './pace.ts'
import { type Remark, remarks } from './remarks.ts'

/** What became of the rows that were read. */
export interface Tally {
  read: number
  accepted: number
  unchanged: number
  conflicting: number
  stale: number
  rejected: number
  remarks: Record<Remark, number>
}

export type Outcome = Pick<Tally, 'accepted' | 'unchanged' | 'conflicting' | 'stale'>

export function newTally(): Tally {
  const none = Object.keys(remarks).map((remark) => [remark, 0])
  return {
    read: 0,
    accepted: 0,
    unchanged: 0,
    conflicting: 0,
    stale: 0,
    rejected: 0,
    remarks: Object.fromEntries(none) as Tally['remarks'],
  }
}

export function addOutcome(tally: Tally, outcome: Outcome): void {
  tally.accepted += outcome.accepted
  tally.unchanged += outcome.unchanged
  tally.conflicting += outcome.conflicting
  tally.stale += outcome.stale
}

const meanings = {
  accepted: 'new, or newer than what was there',
  unchanged: 'there already',
  conflicting: 'there already in this version with other content: not applied',
  stale: 'older than what was there: kept in the history, without effect',
} as const

/** Lines for a person. `aboutRejected`: where to see what was rejected and why. */
export function describeTally(tally: Tally, aboutRejected: string): string[] {
  const odd = Object.entries(tally.remarks)
    .filter(([, count]) => count > 0)
    .map(([remark, count]) => countLine(count, remarks[remark as Remark]))
  const lines = [countLine(tally.read, 'read'), ...describeOutcome(tally, aboutRejected)]
  return odd.length > 0 ? [...lines, 'Of these:', ...odd] : lines
}

export function describeOutcome(outcome: Outcome & Pick<Tally, 'rejected'>, aboutRejected: string) {
  const notes = { ...meanings, rejected: aboutRejected }
  return Object.entries(notes).map(([name, note]) => {
    const count = outcome[name as keyof typeof notes]
    return countLine(count, name, count > 0 ? note : '')
  })
}

function countLine(count: number, name: string, note = ''): string {
  return `${whole(count).padStart(12)}  ${name.padEnd(11)}  ${note}`.trimEnd()
}
