import type { WithholdReason } from '../consultations/comment.ts'
import type { Member } from '../deployment.ts'
import type { Stand } from '../opinions/votes.ts'
import type { PollKind } from './answer.ts'

/* What the API tells of polls. Texts are by language, members by code. */

type Texts = Readonly<Record<string, string>>

export interface Named {
  id: string
  texts: Texts
}

export interface Question extends Named {
  /** How many choices one person may choose. */
  most: number
  choices: readonly Named[]
}

export interface PollGroup extends Named {
  values: readonly Named[]
}

export interface PollLine {
  code: string
  kind: PollKind
  titles: Texts
  agency: string | null
  area: string | null
  category: string | null
  opensAt: number
  closesAt: number
  isSealed: boolean
  /** Statements that people added and nobody has decided about. */
  waiting: number
}

/** A choice with the key of its row in views. */
export interface ToldChoice extends Named {
  key: string
}

export interface ToldQuestion extends Omit<Question, 'choices'> {
  choices: readonly ToldChoice[]
}

export interface ToldStatement {
  id: string
  /** Of its row in views. */
  key: string
  texts: Texts
  isSeed: boolean
  receivedAt: number
}

export interface PollDetail extends PollLine {
  summaries: Texts | null
  hasForm: boolean
  /** Who votes may add statements, which are shown once the secretariat has published them. */
  takesStatements: boolean
  questions: readonly ToldQuestion[]
  /** What those who answer may say of themselves. */
  groups: readonly PollGroup[]
  /** Those that are published, as they came. */
  statements: readonly ToldStatement[]
  withheld: readonly { reason: string; statements: number }[]
}

/** What people added and nobody has decided about: for the secretariat. */
export type WaitingStatement = Pick<ToldStatement, 'id' | 'texts' | 'receivedAt'>

/** What was decided about one; null: it is published. */
export interface DecidedStatement extends WaitingStatement {
  reason: WithholdReason | null
}

/** For the secretariat: what waits, as it came; and of what was decided about the newest. */
export interface ToldAdded {
  statements: readonly WaitingStatement[]
  decided: readonly DecidedStatement[]
}

/** Below ten is told as null; else rounded to five. */
export type RoundedCount = number | null

/** Answers of those who say that they belong to one value of a group. */
export interface ToldValue {
  /** Its id; of `area` and `channel` its code. */
  id: string
  /** Who answered the question. */
  n: RoundedCount
  /** In the order of the question's choices. */
  chosen: readonly RoundedCount[]
}

/** One question by one group: a group of the poll, `area` or `channel`. */
export interface Breakdown {
  question: string
  group: string
  values: readonly ToldValue[]
}

/** Counted once, when the poll had closed, and never again. */
export interface ToldBreakdowns {
  at: number
  breakdowns: readonly Breakdown[]
  /** What the areas and channels in them are called today. */
  members: Readonly<Record<'area' | 'channel', readonly Member[]>>
}

export interface ToldShare {
  agree: number
  disagree: number
  pass: number
}

export interface ToldOpinionGroup {
  size: number
  centre: readonly [x: number, y: number]
  characteristics: readonly {
    statement: string
    wants: Exclude<Stand, 'pass'>
    hits: number
    n: number
    otherHits: number
    otherN: number
  }[]
}

/** How those who vote alike fall into groups, as of row `seq` of the journal. */
export interface ToldOpinions {
  seq: number
  /** Who voted on anything that is published, and who on enough to be placed. */
  voters: number
  placed: number
  groups: readonly ToldOpinionGroup[]
  /** How clearly the groups lie apart, 0 to 1; null without groups. */
  silhouette: number | null
  /** Where voters stand: a group, a place on the plane, and how many stand there. */
  points: readonly (readonly [group: number, x: number, y: number, n: number])[]
  unites: readonly {
    statement: string
    wants: Exclude<Stand, 'pass'>
    byGroup: readonly ToldShare[]
  }[]
  divides: readonly { statement: string; byGroup: readonly ToldShare[] }[]
}
