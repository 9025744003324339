import { contradictions } from '../events.ts'
import { dimensions, type Reopening, type Ticket } from '../ticket.ts'
import { type Act, Refused, type Text } from './act.ts'
import type { RefusalCode } from './refusal.ts'

/**
 * What of a ticket an official may know better than its source. Not when it was received and by when it is due: what
 * a promise is counted from, and the promise, nobody corrects. Not what a citizen said, nor where: that is no number.
 */
export const correctable = [
  'status',
  'respondedAt',
  'closedAt',
  'closeReason',
  'reopenings',
  ...dimensions,
] as const satisfies readonly (keyof Ticket)[]
export type Correctable = (typeof correctable)[number]

/** As a ticket is stored: instants in milliseconds, members by id. */
export type Corrected = Pick<Ticket, Correctable>

export interface Change<Field extends Correctable = Correctable> {
  field: Field
  from: Corrected[Field]
  to: Corrected[Field]
}

/** One correction; nothing is done to it after it. What it said wrong, another one corrects. */
export interface Correction {
  /** `MARK/ID`. */
  ticket: string
  /** The flag that it answers. */
  flag: number | null
  changes: Change[]
  at: number
}

/** `place` is JSON: where the ticket lay before; it may name members that are not public. */
export interface CorrectionDeed {
  kind: 'ticket.corrected'
  body: Omit<Correction, 'at'>
  texts: { reason: Text; place: Text }
}

/** Throws `Refused`. */
export function nextCorrection(
  state: Correction | undefined,
  { at, body }: Act<CorrectionDeed>,
): Correction {
  if (state) throw new Refused('done-already', 'It was corrected already.')
  return { ...body, at }
}

export function valuesOf(changes: readonly Change[]): Partial<Corrected> {
  return Object.fromEntries(changes.map(({ field, to }) => [field, to]))
}

export interface Fault {
  field: Correctable
  code: RefusalCode
  why: string
}

interface Corrections {
  /** The ticket as it would be. */
  after: Corrected & Pick<Ticket, 'receivedAt'>
  changes: readonly Change[]
  /** By the deployment's clock. */
  now: number
}

/**
 * Why a ticket may not be so: as events are refused, and where a person states a time that cannot be. What its source
 * told stays, also where no person could state it.
 */
export function* faultsOf({ after, changes, now }: Corrections): Generator<Fault> {
  for (const { field, to } of changes) {
    for (const at of instantsIn(field, to)) {
      if (at < after.receivedAt) yield { field, ...BEFORE }
      if (at > now) yield { field, ...AHEAD }
    }
  }
  for (const [path, why] of contradictions({ ...after, reopenings: listOf(after) })) {
    yield { field: path as Correctable, code: 'correction.contradicts', why }
  }
  const last = after.reopenings?.at(-1)
  if (last && after.closedAt !== null && after.closedAt < last.at) {
    yield { field: 'closedAt', ...UNORDERED }
  }
}

const BEFORE = { code: 'correction.early', why: 'lies before the ticket was received' } as const
const AHEAD = { code: 'correction.ahead', why: 'lies in the future' } as const
const UNORDERED = {
  code: 'correction.contradicts',
  why: 'lies before the ticket was last reopened',
} as const

const listOf = ({ reopenings }: Corrected) => (reopenings === null ? null : [...reopenings])

function instantsIn(field: Correctable, value: Change['to']): number[] {
  if (field === 'reopenings') {
    return ((value ?? []) as Reopening[]).flatMap(({ closedAt, at }) => [closedAt, at])
  }
  const isInstant = field === 'respondedAt' || field === 'closedAt'
  return isInstant && value !== null ? [value as number] : []
}
