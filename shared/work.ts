import type { Member } from './deployment.ts'
import type { PublicTicket } from './tickets.ts'

/*
 * What stands on the desk of who is signed in, beside what everybody may ask. Times are ISO 8601.
 */

/** Open tickets of one's agencies: due within two hours, due today, overdue; and those that nobody answered yet. */
export const ticketLists = ['breach', 'today', 'overdue', 'new'] as const
export type TicketListName = (typeof ticketLists)[number]

/** The first of a list, by the clock that it is about; of a ticket only what is public. */
export interface WorkList {
  total: number
  rows: readonly PublicTicket[]
}

export interface WorkTickets {
  asOf: string
  /** By code; null: every one. */
  agencies: readonly string[] | null
  open: number
  /** Since when the ticket is overdue that is so longest. */
  oldestDueAt: string | null
  lists: Readonly<Record<TicketListName, WorkList>>
}

/** Whom an appointment can be for, and to whom a flag can go. */
export type WorkMembers = Readonly<Record<'agency' | 'area' | 'category', readonly Member[]>>

type InLanguages = Readonly<Record<string, string>>

/** A provision, or comments that are nearly the same, on which something was said and which nobody has answered. */
export interface OwedReply {
  /** By code. */
  consultation: string
  titles: InLanguages
  /** Until when it is to be answered. */
  dueAt: string
  isLate: boolean
  /** Published comments. */
  comments: number
  /** Of the provision, or of what the first of the comments is on: its key, and what it is called in the newest draft. */
  provision: { key: string; names: InLanguages }
  /** Null: the provision itself. */
  group: { id: number; text: string; language: string | null } | null
}

/** `GET /api/v1/work/replies`: what is due first, first. */
export interface WorkReplies {
  asOf: string
  counts: { total: number; late: number; provisions: number; groups: number }
  owed: readonly OwedReply[]
  next: string | null
}

/** `GET /api/v1/work/statements`: what people added to polls and nobody has decided about; the eldest first. */
export interface WorkStatements {
  /** Of all; the first 50 are told. */
  total: number
  statements: readonly {
    /** By code. */
    poll: string
    titles: InLanguages
    id: string
    texts: InLanguages
    receivedAt: string
  }[]
}
