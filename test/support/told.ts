import type { WithheldTexts } from '#shared/oversight/withholding.ts'
import type { DoneAct } from '../../server/acts/queries.ts'
import type { publicFlag } from '../../server/flags/told.ts'
import type { toldEndorsements, toldSuggestion } from '../../server/suggestions/told.ts'
import type { ToldCorrection } from '#shared/tickets.ts'
import type { TraceGraph } from '../../server/trace/graph.ts'

/** An act, as each route tells it. */
export interface ActTold extends Omit<DoneAct, 'at'> {
  at: string
  href: string
  hash: string
  canonical: string
  by: { role: string; appointment: number } | null
  names: string[]
  body: Record<string, unknown>
  texts: Record<string, { text: string | null; salt: string | null; commitment: string }>
  withheld: WithheldTexts
}

/** Of one act of many. */
interface Outcome {
  id: number
  status: number
  error?: string
  isRepeated?: boolean
  act?: DoneAct
}

interface Tickets {
  total: number
  rows: { id: string }[]
}

/** What routes answer, as far as tests read it. It has what was asked for, and else nothing: a test knows which. */
export interface Told extends TraceGraph {
  corrections: ToldCorrection[]
  error: string
  code: string
  path: string
  hash: string
  next: string | null
  isRepeated: boolean
  isCut: boolean
  act: DoneAct
  acts: ActTold[]
  records: ActTold[]
  appointment: { id: number }
  appointments: object[]
  observer: object
  observers: object[]
  history: object[]
  people: object[]
  flag: ReturnType<typeof publicFlag>
  flags: ReturnType<typeof publicFlag>[]
  counts: { total: number }
  outcomes: Outcome[]
  templates: object[]
  suggestion: ReturnType<typeof toldSuggestion>
  suggestions: ReturnType<typeof toldSuggestion>[]
  endorsements: ReturnType<typeof toldEndorsements>
  similar: { suggestion: ReturnType<typeof toldSuggestion> }[]
  states: { state: string; count: number; late: number; suggestions: { id: number }[] }[]
  lists: Record<'breach' | 'overdue' | 'new', Tickets>
  open: number
  oldestDueAt: string
  low: string
  normal: string
  high: string
  seq: number
  edition: string
  columns: { id: string }[]
  rows: unknown[][]
  totals: (number | null)[]
}
