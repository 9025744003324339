import type { RefusalCode } from './refusal.ts'

export const roles = ['secretariat', 'official', 'observer'] as const
export type Role = (typeof roles)[number]

/** Free text or personal data: an act only commits to it. Null: it was taken down. */
export type Text = string | null

/** What is done to a subject: `body` is public for ever, `texts` are not. */
export interface Deed {
  kind: string
  body: object
  texts: Readonly<Partial<Record<string, Text>>>
}

/** Who acts, and under which of their appointments. */
export interface Actor {
  person: string
  appointment: number
  role: Role
}

/** A deed that was done, in milliseconds; `by` null is the system. */
export type Act<D extends Deed = Deed> = D & { id: number; at: number; by: Actor | null }

/** The members that a subject is about; null where it is about none, and so lies in no narrower jurisdiction. */
export interface Place {
  agency: number | null
  area: number | null
  category: number | null
}

export const nowhere: Place = { agency: null, area: null, category: null }

/** Thrown by a `next(state, act)` that the rules do not allow; the message is for who asked. */
export class Refused extends Error {
  readonly code: RefusalCode

  constructor(code: RefusalCode, message: string) {
    super(message)
    this.code = code
  }
}

/** It is not theirs to do, whatever state the subject is in: somebody else may. */
export class NotTheirs extends Refused {}
