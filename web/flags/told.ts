import type {
  EvidenceKind,
  FlagKind,
  FlagStanding,
  Severity,
  Side,
} from '#shared/oversight/flag.ts'
import type { Role } from '#shared/oversight/act.ts'
import type { Link } from '#shared/oversight/suggestion.ts'
import type { ToldCorrection } from '#shared/tickets.ts'
import type { WithheldTexts } from '#shared/oversight/withholding.ts'

export interface Observer {
  appointment: number
  /** Null: it was taken down. */
  name: string | null
}

export interface Due {
  by: string
  doneAt: string | null
  late: boolean
}

/** A flag as `/api/v1/flags` tells it. */
export interface ToldFlag {
  id: number
  version: number
  state: FlagStanding
  evidence: { hash: string; kind: EvidenceKind; on: string }
  kind: FlagKind
  severity: Severity
  language: string
  text: string | null
  /** Of texts and files that were taken down: when, and on which ground. */
  withheld: WithheldTexts
  attachments: readonly string[]
  author: Observer
  coObservers: readonly Observer[]
  openedAt: string
  place: { agency?: string; area?: string; category?: string }
  /** Who must answer: null is the secretariat; absent where agencies are not opened, to whoever does not answer for it. */
  agency?: string | null
  late: boolean
  /** Null: nobody has answered it. */
  answer: { at: string } | null
  deadlines: Record<'acknowledgement' | 'answer' | 'word' | 'settlement', Due | null>
  settledFor: Side | null
  isSettledByAnswerer: boolean
}

export interface ToldAct {
  id: number
  at: string
  kind: string
  version: number
  by: { role: Role; appointment: number; name: string | null; title: string | null } | null
  body: {
    to?: string | null
    for?: Side
    links?: readonly (string | Link)[]
    attachments?: readonly string[]
    ticket?: string
    /** The act by which an official corrected it. */
    correction?: number
    language?: string | null
  }
  /** `text` null: it was taken down; absent: it is not told. */
  texts: Readonly<Record<string, { text?: string | null }>>
  /** Of texts and files that were taken down: when, and on which ground. */
  withheld: WithheldTexts
  hash: string
}

export interface ToldLife {
  asOf: string
  flag: ToldFlag
  acts: readonly ToldAct[]
  corrections: readonly ToldCorrection[]
}

export interface ToldPage {
  asOf: string
  flags: readonly ToldFlag[]
  next: string | null
  /** Only where it was asked of one number, ticket or list: how many are not ended. */
  open?: number
}
