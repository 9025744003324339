import type { Stance } from '#shared/consultations/comment.ts'
import type { Asked } from '../rounds.ts'

type Both = Record<'en' | 'zh', string>

/** What people write about: a provision of the first draft, '' the whole. */
export interface Topic {
  provision: string
  weight: number
  stances: readonly { stance: Stance; weight: number }[]
  /** What it is about, to be said in a sentence. */
  about: Both
}

export function topic(
  provision: string,
  weight: number,
  [support, oppose, amend]: [number, number, number],
  about: Both,
): Topic {
  const stances = [
    { stance: 'support', weight: support },
    { stance: 'oppose', weight: oppose },
    { stance: 'amend', weight: amend },
  ] as const
  return { provision, weight, stances, about }
}

/** A consultation of the city, from its opening on. Days are counted from then. */
export interface Subject extends Asked {
  agency: string
  titles: Both
  summaries: Both
  /** Seconds from one comment to the next, once the word has gone round. */
  every: number
  drafts: readonly { day: number; texts: Both }[]
  /** A letter that most comments are from a day on. */
  letter?: { texts: Both; provision: string; day: number }
  /** Days after closing, and the law. */
  outcome?: { day: number; laws: Both }
  topics: readonly Topic[]
}
