import type { LinkedClause } from '#shared/consultations/clause.ts'
import type { Link, Stage, Target } from '#shared/oversight/suggestion.ts'
import type { WithheldTexts } from '#shared/oversight/withholding.ts'
import type { ToldAct } from '../public-record/act-text.ts'

interface Observer {
  id: number
  name: string
}

/** A suggestion as `/api/v1/suggestions` tells it: members by code, times in ISO 8601. */
export interface Suggestion {
  id: number
  href: string
  version: number
  state: Stage
  target: Target
  title: string | null
  text: string | null
  why: string | null
  /** Of texts and files that were taken down: when, and on which ground. */
  withheld: WithheldTexts
  language: string
  /** Null: the secretariat's to answer. */
  agency: string | null
  area: string | null
  category: string | null
  evidence: readonly string[]
  flags: readonly number[]
  attachments: readonly string[]
  author: Observer
  endorsements: number
  submittedAt: string
  reviewBy: string
  reviewedAt: string | null
  decideBy: string
  decidedAt: string | null
  implementedAt: string | null
  dueBy: string | null
  /** Now. */
  isLate: boolean
  /** Now or when it was done. */
  late: { review: boolean; decision: boolean }
  reason: string | null
  links: readonly Link[]
}

export interface Endorsement {
  observer: Observer
  at: string
  note: string | null
  /** When and why the note was taken down; null: it was not. */
  withheld: WithheldTexts[string] | null
}

/** `GET /suggestions/ID` */
export interface Detail {
  suggestion: Suggestion
  endorsements: readonly Endorsement[]
  acts: readonly ToldAct[]
  /** What the clauses of drafts that it links are called. */
  clauses: readonly LinkedClause[]
}
