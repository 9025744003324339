import type { Named } from '#shared/polls/told.ts'
import type { Asked as AskedInRounds } from '../rounds.ts'

type Both = Record<'en' | 'zh', string>

export const both = (en: string, zh: string): Both => ({ en, zh })

/** A choice, with how often it is made beside the others; who is of one of the values in `lean`, otherwise. */
export interface AskedChoice {
  id: string
  texts: Both
  weight: number
  lean?: Readonly<Record<string, number>>
}

export interface AskedQuestion {
  id: string
  texts: Both
  most: number
  choices: readonly AskedChoice[]
}

interface Asked extends AskedInRounds {
  agency: string
  titles: Both
  summaries: Both
  isSealed?: boolean
  /** Seconds from one answer or vote to the next, once the word has gone round. */
  every: number
}

/** What people say of themselves, with how many say it. */
export interface AskedGroup extends Named {
  values: readonly (Named & { weight: number })[]
}

export interface AskedPoll extends Asked {
  questions: readonly AskedQuestion[]
  groups: readonly AskedGroup[]
}

/** A statement, and how the three camps of the city stand to it: from −1, against it, to 1. */
export interface AskedStatement {
  texts: Both
  stands: readonly [number, number, number]
  /** Days after the opening on which somebody added it. */
  day?: number
}

export interface AskedAgreement extends Asked {
  statements: readonly AskedStatement[]
  /** What people added on the form, each in one language, and nobody has decided about. */
  waiting: readonly { day: number; texts: Readonly<Record<string, string>> }[]
}
