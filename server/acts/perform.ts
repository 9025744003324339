import { type Actor, type Deed, Refused } from '#shared/oversight/act.ts'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { ring } from '../journal/queries.ts'
import type { Noun } from './noun.ts'
import {
  appointmentsFor,
  becomeActor,
  type DoneAct,
  insertAct,
  lockForAct,
  stateOf,
  writeEffect,
} from './queries.ts'
import { refusalOf } from './refusal.ts'
import { commitmentOf, salted, seal } from './seal.ts'

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
}

export interface Performed<State> {
  act: DoneAct
  /** The subject's, as the act left it; as it is now, where the act had been done before. */
  state: State
  isRepeated: boolean
}

const ATTEMPTS = 4

/**
 * The one way in which anything of oversight changes: the act, the state it makes and the journal's row
 * are written in one transaction, or nothing is. Throws an `HttpError` for what may not be done.
 */
export async function perform<State, D extends Deed>(
  db: Db,
  asked: Asked<State, D>,
): Promise<Performed<State>> {
  for (let attempt = 1; ; attempt++) {
    try {
      const performed = await db.transaction().execute((trx) => performIn(trx, asked))
      if (!performed.isRepeated) void ring(db).catch(() => {})
      return performed
    } catch (error) {
      if (attempt === ATTEMPTS || !isWorthAnother(error)) throw error
    }
  }
}

/** Two who lock each other, or the same key twice at once: the second time the first is seen. */
function isWorthAnother(error: unknown): boolean {
  const { code, constraint_name: constraint } = error as Record<string, unknown>
  return code === '40P01' || (code === '23505' && constraint === 'act_key')
}

async function performIn<State, D extends Deed>(
  trx: Db,
  asked: Asked<State, D>,
): Promise<Performed<State>> {
  const { noun, deed, person, key } = asked
  const found = await lockForAct(trx, { noun: noun.name, id: asked.id, person, key })
  if (found.done) return repeated(trx, asked, found.done)
  if (asked.id !== undefined && found.version === 0) {
    throw new HttpError(404, `There is no ${noun.name} ${asked.id}.`)
  }
  requireSeen(found.version, asked.seen)

  const before = (found.state ?? undefined) as State | undefined
  const { actId, at } = found
  const by = person === null ? null : await appointed(trx, person, asked, before)
  const state = allowed(() => noun.next(before, { ...deed, id: actId, at, by }))
  const id = asked.id ?? actId
  const version = found.version + 1
  const { kind, body } = deed
  const act = { id: actId, at, kind, subject: `${noun.name}:${id}`, version, body }

  const texts = salted(deed.texts)
  const commitments = Object.fromEntries(texts.map((one) => [one.name, commitmentOf(one)]))
  const sealed = seal({
    ...act,
    appointment: by?.appointment ?? null,
    role: by?.role ?? null,
    commitments,
  })
  const seq = await writeEffect(trx, { noun: noun.name, id, version, state, actId, texts })
  if (person !== null) await becomeActor(trx, person)
  await insertAct(trx, { ...act, ...sealed, ...noun.placeOf(before, deed), by, seq, key })
  return {
    act: { id: actId, at, kind, subject: act.subject, version, seq },
    state,
    isRepeated: false,
  }
}

/** The appointment under which the person may do this, and no other may; throws a 403 with the reason. */
async function appointed<State, D extends Deed>(
  trx: Db,
  person: string,
  { noun, deed }: Asked<State, D>,
  before: State | undefined,
): Promise<Actor> {
  const place = noun.placeOf(before, deed)
  const [first] = await appointmentsFor(trx, { ...place, person, kind: deed.kind })
  if (!first) throw refusalOf('none')
  const { appointment, role, refusal } = first
  if (refusal) throw refusalOf(refusal)
  return { person, appointment, role }
}

function requireSeen(version: number, seen: number | undefined): void {
  if (seen === undefined || seen === version) return
  throw new HttpError(
    409,
    `Somebody was faster: this is version ${version} now, you saw ${seen}. Nothing was changed, and what you wrote is kept in the form: look again, then send it.`,
    { path: 'version' },
  )
}

function allowed<State>(next: () => State): State {
  try {
    return next()
  } catch (error) {
    if (error instanceof Refused) throw new HttpError(409, error.message)
    throw error
  }
}

/** What the key stands for is answered again; it is no key to anything else. */
async function repeated<State, D extends Deed>(
  trx: Db,
  { noun, id, deed }: Asked<State, D>,
  done: DoneAct,
): Promise<Performed<State>> {
  const subject = id === undefined ? done.subject : `${noun.name}:${id}`
  if (done.kind !== deed.kind || done.subject !== subject) {
    throw new HttpError(409, 'This Idempotency-Key was used for something else: make a new one.')
  }
  const state = (await stateOf(trx, noun.name, Number(subject.split(':')[1]))) as State
  return { act: done, state, isRepeated: true }
}
