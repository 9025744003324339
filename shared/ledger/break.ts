/** How a log is not what it says, or was not left as it was. */
export type BreakKind =
  | 'unreadable'
  | 'signature'
  | 'key'
  | 'lost'
  | 'forked'
  | 'edited'
  | 'removed'
  | 'inserted'
  | 'reordered'
  | 'clock'

export interface Break {
  kind: BreakKind
  /** The leaf at which it is seen; null: it is of the whole. */
  index: number | null
  /** One sentence, in English. */
  says: string
}

/** Thrown by what reads a log; `found` names it. */
export class Broken extends Error {
  readonly found: Break

  constructor(kind: BreakKind, index: number | null, says: string) {
    super(says)
    this.found = { kind, index, says }
  }
}
