import { type Actor, type Deed, NotTheirs, Refused } from '#shared/oversight/act.ts'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { ring } from '../journal/queries.ts'
import type { Noun } from './noun.ts'
import { appointmentsFor, type DoneAct, openAct, stateOf, type Trial, writeAct } from './queries.ts'
import { noSubject, refusalOf } from './refusal.ts'
import { salted, sealed } from './seal.ts'

export interface Asked<State, D extends Deed> {
  /** The account's id; null is the system itself, which needs no appointment. */
  person: string | null
  /** A UUID the form made: asked again with it, the act that was done is answered. Null: none was made. */
  key: string | null
  noun: Noun<State, D>
  /** Of the subject; undefined for a deed that opens one: its id is that of the act. */
  id?: number | undefined
  /** The version of the state that the person saw; undefined: whichever it is. */
  seen?: number | undefined
  deed: D
  /**
   * What else is written with the act, in its transaction, once the rules allow it; told the subject's id. Throws
   * to undo all.
   */
  also?: (trx: Db, subject: number) => Promise<unknown>
}

export interface Performed<State> {
  act: DoneAct
  /** The subject's, as the act left it; as it is now, where the act had been done before. */
  state: State
  isRepeated: boolean
}

/**
 * An act that another one brings with it, in its transaction (`also`): both are done, or neither. What overtakes it
 * undoes both, and both are tried again.
 */
export async function performWithin<State, D extends Deed>(
  trx: Db,
  asked: Asked<State, D>,
): Promise<Performed<State>> {
  const performed = await tryOnce(trx, asked)
  if (!performed) throw new Overtaken()
  return performed
}

const ATTEMPTS = 4

/**
 * The one way in which anything of oversight changes: the act, the state it makes and the journal's row
 * are written in one statement, or nothing is. Throws an `HttpError` for what may not be done.
 */
export async function perform<State, D extends Deed>(
  db: Db,
  asked: Asked<State, D>,
): Promise<Performed<State>> {
  for (let attempt = 1; ; attempt++) {
    try {
      const performed = await attemptOnce(db, asked)
      if (performed && !performed.isRepeated) void ring(db).catch(() => {})
      if (performed) return performed
    } catch (error) {
      if (attempt === ATTEMPTS || !isOvertaken(error)) throw error
    }
    if (attempt === ATTEMPTS) throw new Overtaken()
  }
}

/**
 * Somebody did something since it was looked: the same key, a revocation, or the two waited for each other.
 * When it is looked again, that is seen.
 */
function isOvertaken(error: unknown): boolean {
  const { code, constraint_name: constraint } = error as Record<string, unknown>
  const isRefused = code === '42501'
  return (
    error instanceof Overtaken ||
    isRefused ||
    code === '40P01' ||
    (code === '23505' && constraint === 'act_key')
  )
}

/** What belongs to the act is undone with it. */
class Overtaken extends HttpError {
  constructor() {
    super(503, 'Many change this at once. Send it again.', { code: 'busy', retryAfter: 1 })
  }
}

async function attemptOnce<State, D extends Deed>(
  db: Db,
  asked: Asked<State, D>,
): Promise<Performed<State> | undefined> {
  if (!asked.also) return tryOnce(db, asked)
  return db.transaction().execute(async (trx) => {
    const performed = await tryOnce(trx, asked)
    if (!performed) throw new Overtaken()
    return performed
  })
}

/** Undefined when the subject has moved on in the meantime. */
async function tryOnce<State, D extends Deed>(
  db: Db,
  asked: Asked<State, D>,
): Promise<Performed<State> | undefined> {
  const { noun, deed, person, key } = asked
  const found = await openAct(db, { noun: noun.name, id: asked.id, person, key })
  if (found.done) return repeated(db, asked, found.done)
  requireSeen(asked, found.version)

  const before = (found.state ?? undefined) as State | undefined
  const { actId, at } = found
  const place = noun.placeOf(before, deed)
  const able = person === null ? [null] : await appointed(db, { ...place, person, kind: deed.kind })
  const { state, by } = fitting(able, (by) => noun.next(before, { ...deed, id: actId, at, by }))
  const id = asked.id ?? actId
  const { kind, body } = deed
  const did = { id: actId, at, kind, subject: `${noun.name}:${id}`, version: found.version + 1 }
  const texts = salted(deed.texts)
  const act = { ...did, ...place, ...sealed({ ...did, body, by, texts }), body, by, key }
  await asked.also?.(db, id)
  const seq = await writeAct(db, { act, noun: noun.name, id, state, texts })
  return seq === null ? undefined : { act: { ...did, seq }, state, isRepeated: false }
}

/** The appointments under which the person may do this; throws a 403 with the reason when there is none. */
export async function appointed(db: Db, trial: Trial): Promise<Actor[]> {
  const held = await appointmentsFor(db, trial)
  const able = held.filter(({ refusal }) => refusal === null)
  if (able.length === 0) throw refusalOf(held[0]?.refusal ?? 'none')
  const { person } = trial
  return able.map(({ appointment, role }) => ({ person, appointment, role }))
}

function requireSeen({ noun, id, seen }: Target, version: number): void {
  if (id !== undefined && version === 0) throw noSubject(noun.name, id)
  if (seen === undefined || seen === version) return
  throw new HttpError(
    409,
    `Somebody was faster: this is version ${version} now, you saw ${seen}. Nothing was changed, and what you wrote is kept in the form: look again, then send it.`,
    { code: 'version.old', path: 'version' },
  )
}

interface Target {
  noun: { name: string }
  id?: number | undefined
  seen?: number | undefined
}

interface Fitting<State> {
  state: State
  by: Actor | null
}

/** Under the first appointment whose act it is to do; throws why it is not the first one's, where it is none's. */
function fitting<State>(
  able: readonly (Actor | null)[],
  next: (by: Actor | null) => State,
): Fitting<State> {
  let refusal: HttpError | undefined
  for (const by of able) {
    try {
      return { state: next(by), by }
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      const { message, code } = error
      if (!(error instanceof NotTheirs)) throw new HttpError(409, message, { code })
      refusal ??= new HttpError(403, message, { code })
    }
  }
  throw refusal!
}

/** What the key stands for is answered again; it is no key to anything else. */
async function repeated<State, D extends Deed>(
  db: Db,
  { noun, id, deed }: Asked<State, D>,
  done: DoneAct,
): Promise<Performed<State>> {
  const subject = id === undefined ? done.subject : `${noun.name}:${id}`
  if (done.kind !== deed.kind || done.subject !== subject) {
    const why = 'This Idempotency-Key was used for something else: make a new one.'
    throw new HttpError(409, why, { code: 'key.used' })
  }
  const state = (await stateOf(db, noun.name, Number(subject.split(':')[1]))) as State
  return { act: done, state, isRepeated: true }
}
