import type { WithholdReason } from '#shared/consultations/comment.ts'

/** What the secretariat decides about a statement that somebody added, so many days after the poll opened. */
export interface DemoRuling {
  poll: string
  statement: string
  day: number
  verdict: { status: 'published'; reason: null } | { status: 'withheld'; reason: WithholdReason }
}

const published = { status: 'published', reason: null } as const

/** At the founding they are waiting. */
export const demoRulings: readonly DemoRuling[] = [
  { poll: 'city-at-night', statement: 'p-1', day: 38, verdict: published },
  { poll: 'city-at-night', statement: 'p-2', day: 38, verdict: published },
  {
    poll: 'city-at-night',
    statement: 'p-3',
    day: 39,
    verdict: { status: 'withheld', reason: 'advertising' },
  },
]
