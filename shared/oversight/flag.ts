import { type Act, type Actor, NotTheirs, nowhere, type Place, Refused, type Text } from './act.ts'
import { type Deadline, done, isLate, until } from './deadline.ts'
import type { RefusalCode } from './refusal.ts'

export const flagKinds = [
  'wrong-number',
  'slow',
  'not-really-resolved',
  'unfair',
  'pattern',
  'other',
] as const
export type FlagKind = (typeof flagKinds)[number]

export const severities = ['low', 'normal', 'high'] as const
export type Severity = (typeof severities)[number]

export const flagStandings = [
  'open',
  'acknowledged',
  'answered',
  'accepted',
  'disputed',
  'settled',
  'withdrawn',
] as const
export type FlagStanding = (typeof flagStandings)[number]

/** In these somebody owes the flag something. */
export const openStandings: readonly FlagStanding[] = [
  'open',
  'acknowledged',
  'answered',
  'disputed',
]

export const evidenceKinds = ['number', 'ticket', 'group'] as const
export type EvidenceKind = (typeof evidenceKinds)[number]

/** Whose word it went by. */
export const sides = ['observer', 'agency'] as const
export type Side = (typeof sides)[number]

interface Opened {
  /** SHA-256 of the frozen evidence, in hexadecimal. */
  evidence: string
  evidenceKind: EvidenceKind
  /** What it is on: `number:MEASURE`, `ticket:MARK/ID` or `group`. */
  on: string
  kind: FlagKind
  severity: Severity
  /** BCP 47, of the text. */
  language: string
  /** Hashes of files. */
  attachments: string[]
}

interface Answered {
  /** `https://…`, or a path of ours. */
  links: string[]
  attachments: string[]
  template: number | null
  /** BCP 47; null: not told. */
  language: string | null
}

type Who = Pick<Actor, 'person' | 'appointment'>

/** Texts are not in it: each stands once, with its act, so that one taken down is nowhere any more. */
export interface Flag extends Opened {
  standing: FlagStanding
  /** What the evidence points at; also what is not public. */
  place: Place
  /** Who must answer; null: the secretariat. */
  owner: number | null
  author: Who
  openedAt: number
  acknowledgement: Deadline
  answering: Deadline
  /** The author's word on the answer; null before it. */
  word: Deadline | null
  /** The secretariat's word; null unless disputed. */
  settlement: Deadline | null
  coObservers: Who[]
  transfers: number
  /** The newest; `act` holds its texts. */
  answer: (Answered & { act: number; at: number; person: string }) | null
  /** The first answer came within so many working days; null without. */
  answeredWithin: number | null
  settledFor: Side | null
  /** Nobody is above the secretariat: where it has but one, that one settles what it answered, and it is told. */
  isSettledByAnswerer: boolean
  corrections: number
}

type Empty = Record<never, never>
type Why = { reason: Text }
type Told = { text: Text }
/** The policy by which a deadline in the same body was reckoned. */
type Reckoned = { policyVersion: number }
type Attached = { attachments: string[]; language: string | null }

export type FlagDeed =
  | {
      kind: 'flag.opened'
      body: Opened & Reckoned & { acknowledgeBy: number; answerBy: number }
      /** `place` is JSON: it may name members that are not public. */
      texts: Told & { place: Text }
    }
  | { kind: 'flag.acknowledged'; body: Empty; texts: Empty }
  | {
      kind: 'flag.answered'
      body: Answered & Reckoned & { wordBy: number; workingDays: number }
      texts: Told & { done: Text }
    }
  | { kind: 'flag.accepted'; body: Empty; texts: Told }
  | { kind: 'flag.disputed'; body: Reckoned & { settleBy: number }; texts: Why }
  | { kind: 'flag.settled'; body: { for: Side }; texts: Told }
  | { kind: 'flag.withdrawn'; body: Empty; texts: Why }
  | { kind: 'flag.transferred'; body: { to: number | null }; texts: Why }
  | { kind: 'flag.joined'; body: { language: string | null }; texts: Told }
  | { kind: 'flag.noted'; body: Attached; texts: Told }
  /** Source data was revised: of `MARK/ID`. The data itself comes by intake. */
  | { kind: 'flag.corrected'; body: { ticket: string }; texts: Told }

type Of<Kind> = Act<Extract<FlagDeed, { kind: Kind }>>

/** What a flag is after an act; throws `Refused` where the rules do not allow it. Changes nothing. */
export function nextFlag(state: Flag | undefined, act: Act<FlagDeed>): Flag {
  if (!act.by) throw new Refused('of-observers', 'What is done about a flag, somebody does.')
  if (act.kind === 'flag.opened') return opened(state, act, act.by)
  if (!state) throw new Refused('subject.none', 'There is no such flag.')
  if (state.standing === 'withdrawn') {
    throw new Refused('flag.withdrawn', 'The flag was withdrawn: nothing more is done about it.')
  }
  return changed(state, act, act.by)
}

type Later = Exclude<Act<FlagDeed>, { kind: 'flag.opened' }>

function changed(state: Flag, act: Later, by: Actor): Flag {
  switch (act.kind) {
    case 'flag.acknowledged':
      return acknowledged(state, act, by)
    case 'flag.answered':
      return answered(state, act, by)
    case 'flag.accepted':
      return accepted(state, act, by)
    case 'flag.disputed':
      return disputed(state, act, by)
    case 'flag.settled':
      return settled(state, act, by)
    case 'flag.withdrawn':
      return withdrawn(state, act, by)
    case 'flag.transferred':
      return transferred(state, act)
    case 'flag.joined':
      return joined(state, by)
    case 'flag.noted':
      return state
    case 'flag.corrected':
      requireOwner(state, by)
      return { ...state, corrections: state.corrections + 1 }
  }
}

function opened(state: Flag | undefined, { at, body, texts }: Of<'flag.opened'>, by: Actor): Flag {
  if (state) throw new Refused('done-already', 'The flag was opened already.')
  const { acknowledgeBy, answerBy, policyVersion: _, ...told } = body
  const place = texts.place === null ? nowhere : (JSON.parse(texts.place) as Place)
  return {
    ...told,
    standing: 'open',
    place,
    owner: place.agency,
    author: whoOf(by),
    openedAt: at,
    acknowledgement: until(acknowledgeBy),
    answering: until(answerBy),
    word: null,
    settlement: null,
    coObservers: [],
    transfers: 0,
    answer: null,
    answeredWithin: null,
    settledFor: null,
    isSettledByAnswerer: false,
    corrections: 0,
  }
}

function acknowledged(state: Flag, { at }: Of<'flag.acknowledged'>, by: Actor): Flag {
  requireOwner(state, by)
  requireStanding(
    state,
    ['open'],
    'flag.acknowledged',
    'it is acknowledged once, before it is answered',
  )
  return { ...state, standing: 'acknowledged', acknowledgement: done(state.acknowledgement, at) }
}

/** Also once more, as long as nobody has said a word on it: an answer is added to, never changed. */
function answered(state: Flag, { id, at, body }: Of<'flag.answered'>, by: Actor): Flag {
  requireOwner(state, by)
  requireStanding(
    state,
    ['open', 'acknowledged', 'answered'],
    'flag.no-answer-awaited',
    'no answer is awaited',
  )
  const { links, attachments, template, language, wordBy, workingDays } = body
  return {
    ...state,
    standing: 'answered',
    acknowledgement: done(state.acknowledgement, at),
    answering: done(state.answering, at),
    word: until(wordBy),
    answer: { act: id, at, person: by.person, links, attachments, template, language },
    answeredWithin: state.answeredWithin ?? workingDays,
  }
}

function accepted(state: Flag, { at }: Of<'flag.accepted'>, by: Actor): Flag {
  requireAuthor(state, by, 'accepts its answer')
  requireStanding(state, ['answered'], 'flag.no-answer', 'there is no answer to accept')
  return { ...state, standing: 'accepted', word: done(state.word!, at) }
}

function disputed(state: Flag, { at, body }: Of<'flag.disputed'>, by: Actor): Flag {
  requireAuthor(state, by, 'disputes its answer')
  requireStanding(state, ['answered'], 'flag.no-answer', 'there is no answer to dispute')
  return {
    ...state,
    standing: 'disputed',
    word: done(state.word!, at),
    settlement: until(body.settleBy),
  }
}

/** A dispute; or an answer on which its author has said nothing in time, so that a flag always comes to an end. */
function settled(state: Flag, { at, body }: Of<'flag.settled'>, by: Actor): Flag {
  requireNoSide(state, by)
  requireStanding(
    state,
    ['disputed', 'answered'],
    'flag.nothing-to-settle',
    'there is nothing to settle',
  )
  if (state.standing === 'answered' && !isLate(state.word!, at)) {
    throw new Refused(
      'flag.word-awaited',
      'Its author may still accept or dispute the answer: it is settled when the time for that is over.',
    )
  }
  return {
    ...state,
    standing: 'settled',
    word: done(state.word!, at),
    settlement: state.settlement && done(state.settlement, at),
    settledFor: body.for,
    isSettledByAnswerer: state.answer!.person === by.person,
  }
}

function withdrawn(state: Flag, { at }: Of<'flag.withdrawn'>, by: Actor): Flag {
  requireAuthor(state, by, 'withdraws it')
  requireStanding(state, openStandings, 'flag.ended', 'it has come to its end')
  return {
    ...state,
    standing: 'withdrawn',
    acknowledgement: done(state.acknowledgement, at),
    answering: done(state.answering, at),
    word: state.word && done(state.word, at),
    settlement: state.settlement && done(state.settlement, at),
  }
}

/** Its deadlines stay: nobody gains time by handing a flag on. */
function transferred(state: Flag, { body }: Of<'flag.transferred'>): Flag {
  requireStanding(
    state,
    ['open', 'acknowledged'],
    'flag.answered',
    'what is answered stays with who answered it',
  )
  if (body.to === state.owner) throw new Refused('flag.with-them', 'The flag is with them already.')
  return { ...state, standing: 'open', owner: body.to, transfers: state.transfers + 1 }
}

function joined(state: Flag, by: Actor): Flag {
  requireStanding(state, openStandings, 'flag.ended', 'it has come to its end')
  if (state.author.person === by.person)
    throw new NotTheirs('flag.own', 'You opened this flag yourself.')
  if (state.coObservers.some(({ person }) => person === by.person)) {
    throw new Refused('flag.joined', 'You joined this flag already: add a note.')
  }
  return { ...state, coObservers: [...state.coObservers, whoOf(by)] }
}

/** Who flags does not judge; who answered may where nobody else does. */
function requireNoSide(state: Flag, by: Actor): void {
  if ([state.author, ...state.coObservers].some(({ person }) => person === by.person)) {
    throw new NotTheirs(
      'flag.behind',
      'You stand behind this flag: somebody else of the secretariat settles it.',
    )
  }
}

const whoOf = ({ person, appointment }: Actor): Who => ({ person, appointment })

function requireStanding(
  state: Flag,
  allowed: readonly FlagStanding[],
  code: RefusalCode,
  why: string,
): void {
  if (allowed.includes(state.standing)) return
  throw new Refused(code, `The flag is ${state.standing}: ${why}.`)
}

function requireAuthor(state: Flag, by: Actor, what: string): void {
  if (state.author.person === by.person) return
  throw new NotTheirs('flag.author', `Only who opened the flag ${what}: join it, or add a note.`)
}

/** Whoever acts has been found to be an official of the owner, or of the secretariat. */
function requireOwner(state: Flag, by: Actor): void {
  if (state.author.person === by.person) {
    throw new NotTheirs('flag.own-answer', 'Nobody answers a flag of their own.')
  }
  if ((by.role === 'secretariat') === (state.owner === null)) return
  if (state.owner === null) {
    const why = 'The flag is with the secretariat, which answers it or transfers it.'
    throw new NotTheirs('flag.of-secretariat', why)
  }
  const why = 'The flag is with its agency: transfer it to the secretariat to answer it there.'
  throw new NotTheirs('flag.of-agency', why)
}
