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
  read: '',
  accepted: 'new, or newer than what was there',
  unchanged: 'there already',
  conflicting: 'there already in this version with other content: not applied',
  stale: 'older than what was there: kept in the history, without effect',
  rejected: '',
} as const

/** Lines for a person. `rejects`: where the rejected rows are kept. */
export function describeTally(tally: Tally, rejects: string): string[] {
  const lines = Object.entries(meanings).map(([name, meaning]) => {
    const count = tally[name as keyof typeof meanings]
    const note = name === 'rejected' ? `rows and reasons in ${rejects}` : meaning
    return countLine(count, name.padEnd(11), count > 0 ? note : '')
  })
  const odd = Object.entries(tally.remarks)
    .filter(([, count]) => count > 0)
    .map(([remark, count]) => countLine(count, remarks[remark as Remark], ''))
  return odd.length > 0 ? [...lines, 'Of these:', ...odd] : lines
}

function countLine(count: number, name: string, note: string): string {
  return `${count.toLocaleString('en').padStart(12)}  ${name}  ${note}`.trimEnd()
}
