import type { Role } from '#shared/oversight/act.ts'

/** Written by hand, of what was decided: nothing here is read from the program, which is held to it. */
interface Rule {
  by: readonly Role[]
  /**
   * What of the subject must lie in the jurisdiction: its agency, area and category; its agency alone, so that
   * an appointment that is limited to an area or a category covers none; or nothing. Who only speaks is also
   * touched by what is about no member in particular.
   */
  where: 'place' | 'touched' | 'agency' | 'anywhere'
  /** An agency's are its officials' to do, and those of no agency the secretariat's. */
  ofOwner?: true
}

const observers: Rule = { by: ['observer'], where: 'touched' }
const owners: Rule = { by: ['official', 'secretariat'], where: 'place', ofOwner: true }
const officials: Rule = { by: ['official', 'secretariat'], where: 'place' }
const authors: Rule = { by: ['observer'], where: 'anywhere' }
const secretariat: Rule = { by: ['secretariat'], where: 'anywhere' }
const drafts: Rule = { by: ['official', 'secretariat'], where: 'agency', ofOwner: true }

export const rules: Readonly<Record<string, Rule>> = {
  'appointment.made': secretariat,
  'appointment.renewed': secretariat,
  'appointment.suspended': secretariat,
  'appointment.resumed': secretariat,
  'appointment.revoked': secretariat,
  // Of their own.
  'appointment.named': authors,
  'account.invited': secretariat,
  'account.recovered': secretariat,
  'account.signed-out': secretariat,
  'flag.opened': observers,
  'flag.joined': observers,
  'flag.noted': observers,
  'flag.accepted': observers,
  'flag.disputed': observers,
  'flag.withdrawn': observers,
  'flag.acknowledged': owners,
  'flag.answered': owners,
  'flag.corrected': owners,
  'flag.transferred': officials,
  'ticket.corrected': officials,
  'flag.settled': { by: ['secretariat'], where: 'place' },
  'template.made': drafts,
  'template.revised': drafts,
  'template.retired': drafts,
  'suggestion.submitted': observers,
  'suggestion.endorsed': observers,
  'suggestion.unendorsed': authors,
  'suggestion.withdrawn': authors,
  'suggestion.reviewed': officials,
  'suggestion.adopted': officials,
  'suggestion.partly': officials,
  'suggestion.declined': officials,
  'suggestion.implemented': officials,
  'suggestion.transferred': officials,
  'text.withheld': secretariat,
  'file.withheld': secretariat,
  'draft.brought': { by: ['secretariat'], where: 'place' },
  'reply.answered': officials,
  'statement.moderated': { by: ['secretariat'], where: 'place' },
  'draft.confirmed': { by: ['secretariat'], where: 'place' },
  'form.switched': { by: ['secretariat'], where: 'place' },
  'comment.withheld': { by: ['secretariat'], where: 'place' },
  'comment.published': { by: ['secretariat'], where: 'place' },
}

/** What may be asked under which appointments. */
export const castings = {
  observer: ['observer'],
  official: ['official'],
  secretariat: ['secretariat'],
  'observer and official': ['observer', 'official'],
} as const satisfies Record<string, readonly Role[]>
export type Casting = keyof typeof castings

/** Days of the term beside today, by the city's clock; and what is told outside of it. */
export const terms = {
  'begins tomorrow': { from: 1, until: 30, told: 'upcoming' },
  'begins today': { from: 0, until: 30 },
  'in its middle': { from: -30, until: 30 },
  'ends today': { from: -30, until: 0 },
  'ended yesterday': { from: -30, until: -1, told: 'ended' },
} as const satisfies Record<string, { from: number; until: number; told?: string }>
export type Term = keyof typeof terms

export const standings = ['appointed', 'suspended', 'revoked'] as const
export type Standing = (typeof standings)[number]

/** All that one person can hold. */
export const holdings = (Object.keys(castings) as Casting[]).flatMap((casting) =>
  [true, false].flatMap((isLimited) =>
    (Object.keys(terms) as Term[]).flatMap((term) =>
      standings.map((standing) => ({ casting, isLimited, term, standing })),
    ),
  ),
)
export type Holding = (typeof holdings)[number]

/** They hold one that lets them act today. */
export const isCurrent = ({ term, standing }: Holding): boolean =>
  standing === 'appointed' && !('told' in terms[term])

/** Of an appointment that is limited to one agency, one area and one category, or to nothing; and of the subject. */
interface Ground {
  isLimited: boolean
  /** How it lies to them; null: about no agency, area or category. */
  subject: 'inside' | 'other agency' | 'other area' | 'other category' | null
}

export const grounds = {
  covers: { isLimited: true, subject: 'inside' },
  'other agency': { isLimited: true, subject: 'other agency' },
  'other area': { isLimited: true, subject: 'other area' },
  'other category': { isLimited: true, subject: 'other category' },
  'about nothing': { isLimited: true, subject: null },
  everywhere: { isLimited: false, subject: 'inside' },
  'everywhere, about nothing': { isLimited: false, subject: null },
} as const satisfies Record<string, Ground>
export type GroundName = keyof typeof grounds

export interface Cell {
  kind: string
  casting: Casting
  ground: GroundName
  term: Term
  standing: Standing
}

/** `done`, or why not, as `told` has it. */
export type Outcome = 'done' | keyof typeof told

/** The code and the sentence that are told for each reason. */
export const told = {
  'sign in': [/^sign-in$/, /^Sign in first\.$/],
  none: [/^appointment\.none$/, /^This needs an appointment, and you have none\.$/],
  role: [/^appointment\.role$/, /^None of your appointments is for this\.$/],
  suspended: [/^appointment\.suspended$/, /^Your appointment is suspended\.$/],
  revoked: [/^appointment\.revoked$/, /^Your appointment was revoked\.$/],
  upcoming: [/^appointment\.upcoming$/, /^Your term has not begun\.$/],
  ended: [/^appointment\.ended$/, /^Your term has ended\.$/],
  agency: [/^jurisdiction\.agency$/, /an agency that is not in your jurisdiction\.$/],
  area: [/^jurisdiction\.area$/, /an area that is not in your jurisdiction\.$/],
  category: [/^jurisdiction\.category$/, /a category that is not in your jurisdiction\.$/],
  owner: [
    /^(flag|template)\.of-(secretariat|agency)$/,
    /with (the secretariat|its agency)|is of the secretariat|its officials’ to write/,
  ],
} as const satisfies Record<string, readonly [code: RegExp, sentence: RegExp]>

/** Of whoever is signed in. */
export function expected({ kind, casting, ground, term, standing }: Cell): Outcome {
  const rule = rules[kind]!
  const able = castings[casting].filter((role) => rule.by.includes(role))
  if (able.length === 0) return 'role'
  if (standing !== 'appointed') return standing
  const { told: reason } = { told: undefined, ...terms[term] }
  if (reason) return reason
  const outside = outsideOf(rule, ground)
  if (outside) return outside
  if (!rule.ofOwner) return 'done'
  const isTheirs = able.some(
    (role) => (role === 'secretariat') === (grounds[ground].subject === null),
  )
  return isTheirs ? 'done' : 'owner'
}

function outsideOf({ where }: Rule, name: GroundName): 'agency' | 'area' | 'category' | undefined {
  const { isLimited, subject } = grounds[name]
  if (where === 'anywhere' || !isLimited) return undefined
  if (subject === null) return where === 'touched' ? undefined : 'agency'
  if (subject === 'other agency') return 'agency'
  if (where === 'agency' || subject === 'other area') return 'area'
  return subject === 'other category' ? 'category' : undefined
}

/** What a page asks over its socket, and the field for which it is refused. */
interface SocketQuestion {
  event: 'watch' | 'stream:follow' | 'records:follow'
  says: unknown
  refused?: string
}

const window = '24h'
const of = (rest: object) => [{ measures: ['received'], window, ...rest }]

/**
 * A socket tells what everybody may know, whoever asks: what an appointment opens is asked for over HTTP. The city
 * has opened agency, area and category, and nothing else.
 */
export const socketQuestions: readonly SocketQuestion[] = [
  { event: 'watch', says: of({}) },
  { event: 'watch', says: of({ by: 'agency' }) },
  { event: 'watch', says: of({ filters: { agency: ['Parks'], area: ['Hill'] } }) },
  { event: 'watch', says: of({ by: 'channel' }), refused: 'by' },
  { event: 'watch', says: of({ filters: { channel: ['Post'] } }), refused: 'channel' },
  { event: 'watch', says: [{ measures: ['satisfactionRate'], window }], refused: 'measures' },
  { event: 'stream:follow', says: { agency: ['Parks'] } },
  { event: 'stream:follow', says: { channel: ['Post'] }, refused: 'channel' },
  { event: 'records:follow', says: { since: null } },
]
