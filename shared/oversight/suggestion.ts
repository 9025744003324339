import { type Act, NotTheirs, type Place, Refused, type Text } from './act.ts'

/** What a suggestion would change. */
export const targets = ['policy', 'rule', 'service', 'place'] as const
export type Target = (typeof targets)[number]

export const stages = [
  'submitted',
  'under-review',
  'adopted',
  'partly',
  'declined',
  'implemented',
  'withdrawn',
] as const
export type Stage = (typeof stages)[number]

/** What a decision or its implementation points at. */
export const linkKinds = ['clause', 'rule', 'work-order', 'ticket', 'document'] as const

/** `to` is a clause of a draft (`CODE/DRAFT/ID`), a subject (`flag:12`), an address, or a reference as it is cited. */
export interface Link {
  kind: (typeof linkKinds)[number]
  to: string
}

/** Public for ever. Members by id; `agency` null: the secretariat's to answer. */
interface Submission extends Place {
  target: Target
  /** BCP 47, of the texts. */
  language: string
  /** Hashes of frozen evidence. */
  evidence: string[]
  /** Ids of flags. */
  flags: number[]
  /** Hashes of files. */
  attachments: string[]
  /** Instants, both from when it was submitted: a slow review does not move the decision. */
  reviewBy: number
  decideBy: number
}

interface Submitted {
  title: Text
  text: Text
  why: Text
}

export interface Author {
  person: string
  appointment: number
}

export interface Endorsement extends Author {
  at: number
  /** The act that holds its note. */
  act: number
}

/** Texts are not in it: each stands once, with its act, so that one taken down is nowhere any more. */
export interface Suggestion extends Submission {
  stage: Stage
  author: Author
  submittedAt: number
  reviewedAt: number | null
  decidedAt: number | null
  implementedAt: number | null
  endorsements: Endorsement[]
  /** The act that holds the reason of what was done last; null where none was given. */
  reasonIn: number | null
  /** Of the decision and the implementation. */
  links: Link[]
}

type Empty = Record<never, never>
type Why = { reason: Text }
export type Verdict = 'adopted' | 'partly' | 'declined'

export type SuggestionDeed =
  | {
      kind: 'suggestion.submitted'
      body: Submission
      texts: { [name in keyof Submitted]: Text }
    }
  | { kind: 'suggestion.reviewed'; body: Empty; texts: Empty }
  | { kind: `suggestion.${Verdict}`; body: { links: Link[] }; texts: Why }
  | {
      kind: 'suggestion.implemented'
      body: { links: Link[]; evidence: string[]; attachments: string[] }
      texts: Why
    }
  | { kind: 'suggestion.withdrawn'; body: Empty; texts: Why }
  | { kind: 'suggestion.endorsed'; body: Empty; texts: { note: Text } }
  | { kind: 'suggestion.unendorsed'; body: Empty; texts: Empty }
  | { kind: 'suggestion.transferred'; body: { agency: number | null }; texts: Why }

type Of<Kind> = Act<Extract<SuggestionDeed, { kind: Kind }>>

/** What a suggestion is after an act; throws `Refused` where the rules do not allow it. Changes nothing. */
export function nextSuggestion(
  state: Suggestion | undefined,
  act: Act<SuggestionDeed>,
): Suggestion {
  if (act.kind === 'suggestion.submitted') return submitted(state, act)
  if (!state) throw new Refused('subject.none', 'There is no such suggestion.')
  switch (act.kind) {
    case 'suggestion.endorsed':
      return endorsed(state, act)
    case 'suggestion.unendorsed':
      return unendorsed(state, act)
    case 'suggestion.withdrawn':
      return withdrawn(state, act)
    case 'suggestion.transferred':
      return transferred(state, act)
    case 'suggestion.reviewed':
      requireStage(state, ['submitted'])
      requireOther(state, act)
      return { ...state, stage: 'under-review', reviewedAt: act.at, reasonIn: null }
    case 'suggestion.implemented':
      return implemented(state, act)
    case 'suggestion.adopted':
    case 'suggestion.partly':
    case 'suggestion.declined':
      return decided(state, act)
  }
}

function submitted(state: Suggestion | undefined, act: Of<'suggestion.submitted'>): Suggestion {
  if (state) throw new Refused('done-already', 'The suggestion was submitted already.')
  if (!act.by) throw new Refused('of-observers', 'A suggestion is submitted by an observer.')
  const { person, appointment } = act.by
  return {
    ...act.body,
    stage: 'submitted',
    author: { person, appointment },
    submittedAt: act.at,
    reviewedAt: null,
    decidedAt: null,
    implementedAt: null,
    endorsements: [],
    reasonIn: null,
    links: [],
  }
}

function decided(state: Suggestion, act: Of<`suggestion.${Verdict}`>): Suggestion {
  requireStage(state, ['under-review'])
  requireOther(state, act)
  return {
    ...state,
    stage: verdictOf[act.kind],
    decidedAt: act.at,
    reasonIn: act.id,
    links: act.body.links,
  }
}

const verdictOf = {
  'suggestion.adopted': 'adopted',
  'suggestion.partly': 'partly',
  'suggestion.declined': 'declined',
} as const

function implemented(state: Suggestion, act: Of<'suggestion.implemented'>): Suggestion {
  requireStage(state, ['adopted', 'partly'])
  requireOther(state, act)
  const { links, evidence, attachments } = act.body
  if (links.length === 0)
    throw new Refused('suggestion.no-link', 'Link what changed: a clause, a rule or a work order.')
  if (evidence.length + attachments.length === 0) {
    throw new Refused('suggestion.no-proof', 'Show that it changed: with evidence or a file.')
  }
  return {
    ...state,
    stage: 'implemented',
    implementedAt: act.at,
    reasonIn: act.id,
    links: [...state.links, ...links],
  }
}

function withdrawn(state: Suggestion, { id, by }: Of<'suggestion.withdrawn'>): Suggestion {
  if (by?.person !== state.author.person) {
    throw new NotTheirs('suggestion.author', 'A suggestion is withdrawn by who submitted it.')
  }
  requireStage(state, ['submitted'])
  return { ...state, stage: 'withdrawn', reasonIn: id }
}

function transferred(state: Suggestion, act: Of<'suggestion.transferred'>): Suggestion {
  requireStage(state, ['submitted', 'under-review'])
  const { agency } = act.body
  if (agency === state.agency) throw new Refused('suggestion.with-them', 'It is with them already.')
  return { ...state, agency, reasonIn: act.id }
}

function endorsed(state: Suggestion, { id, by, at }: Of<'suggestion.endorsed'>): Suggestion {
  requireStage(state, ['submitted', 'under-review'])
  if (!by) throw new Refused('of-observers', 'A suggestion is endorsed by an observer.')
  if (by.person === state.author.person) {
    throw new NotTheirs('suggestion.own', 'Who submitted a suggestion stands behind it already.')
  }
  if (isEndorsedBy(state, by.person))
    throw new Refused('suggestion.endorsed', 'You have endorsed it already.')
  const { person, appointment } = by
  const endorsement = { person, appointment, at, act: id }
  return { ...state, endorsements: [...state.endorsements, endorsement] }
}

function unendorsed(state: Suggestion, { by }: Of<'suggestion.unendorsed'>): Suggestion {
  requireStage(state, ['submitted', 'under-review'])
  if (!by || !isEndorsedBy(state, by.person))
    throw new Refused('suggestion.not-endorsed', 'You have not endorsed it.')
  const endorsements = state.endorsements.filter(({ person }) => person !== by.person)
  return { ...state, endorsements }
}

const isEndorsedBy = ({ endorsements }: Suggestion, person: string): boolean =>
  endorsements.some((one) => one.person === person)

function requireStage({ stage }: Suggestion, allowed: readonly Stage[]): void {
  if (allowed.includes(stage)) return
  throw new Refused(
    'suggestion.stage',
    `The suggestion is ${stage}: for this it must be ${allowed.join(' or ')}.`,
  )
}

/** Who answers a suggestion is not who made it, whatever else they are appointed as. */
function requireOther({ author }: Suggestion, { by }: Pick<Act, 'by'>): void {
  if (by?.person === author.person) {
    throw new NotTheirs('suggestion.own', 'Nobody decides on a suggestion of their own.')
  }
}

/** Until when something is to be done, and nothing where nothing is. */
export function dueBy({
  stage,
  reviewBy,
  decideBy,
}: Pick<Suggestion, 'stage' | 'reviewBy' | 'decideBy'>): number | null {
  if (stage === 'submitted') return reviewBy
  return stage === 'under-review' ? decideBy : null
}
