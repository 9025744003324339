import { createHash } from 'node:crypto'
import type { Logger } from 'pino'
import type { Deed } from '#shared/oversight/act.ts'
import type { Noun } from '../../acts/noun.ts'
import { perform } from '../../acts/perform.ts'
import type { Db } from '../../db/connect.ts'
import type { EvidenceDesk } from '../../evidence/desk.ts'
import { HttpError } from '../../http/errors.ts'
import { subjectDone } from './queries.ts'

/** Where the demonstration's people act: as anybody does, under their appointments and by the rules. */
export interface Stage {
  desk: EvidenceDesk
  log: Logger
  signal: AbortSignal
}

export interface Doing<State, D extends Deed> {
  /** What nothing else that is done here is called: it is done once. */
  name: string
  /** A person of the demonstration, by code. */
  as: string
  noun: Noun<State, D>
  /** Undefined for what opens a subject. */
  id?: number
  /** Asked for only if it is still to be done; undefined: it cannot be done now. */
  deed: () => Promise<D | undefined>
  /** What else its transaction does. */
  also?: (trx: Db) => Promise<void>
}

export const personOf = (code: string): string => `demo-${code}`

/**
 * Does something once, whichever process it is and however often it starts; answers the subject's number.
 * Undefined where somebody else was faster or the person is appointed no longer: a demonstration gives way.
 */
export async function once<State, D extends Deed>(
  stage: Stage,
  { name, as, noun, id, deed, also }: Doing<State, D>,
): Promise<number | undefined> {
  const { desk, log, signal } = stage
  if (signal.aborted) return undefined
  const done = await doneBefore(stage, { name, as })
  if (done !== undefined) return done
  try {
    const told = await deed()
    if (!told) return undefined
    const asked = { person: personOf(as), key: keyOf(name), noun, id, deed: told, also }
    const { act } = await perform(desk.db, asked)
    return Number(act.subject.split(':')[1])
  } catch (error) {
    if (!(error instanceof HttpError) || error.status >= 500) throw error
    log.debug({ err: error }, 'the demonstration gives way')
    return undefined
  }
}

/** The number of the subject to which it was done. */
export const doneBefore = (
  { desk }: Stage,
  { name, as }: Pick<Doing<unknown, Deed>, 'name' | 'as'>,
): Promise<number | undefined> => subjectDone(desk.db, { person: personOf(as), key: keyOf(name) })

/** A UUID of its own for each name. */
export function keyOf(name: string): string {
  const hex = createHash('sha256').update(`demonstration ${name}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
