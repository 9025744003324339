import type { Key } from '../i18n/t.ts'
import type { Appointment } from '../accounts/mine.svelte.ts'
import type { Suggestion } from './suggestion.ts'

/** What can be done with a suggestion, by the end of the address that does it. */
export const actions = [
  ...(['endorsements', 'unendorsement', 'withdrawal'] as const),
  ...(['review', 'adoption', 'partial-adoption', 'refusal', 'implementation', 'transfer'] as const),
] as const
export type Action = (typeof actions)[number]

/** What the form of an action asks for. */
export interface Asks {
  text?: 'note' | 'reason'
  links?: 'may' | 'must'
  proof?: true
  agency?: true
}

export const asks: Readonly<Record<Action, Asks>> = {
  endorsements: { text: 'note' },
  unendorsement: {},
  withdrawal: { text: 'reason' },
  review: {},
  adoption: { text: 'reason', links: 'may' },
  'partial-adoption': { text: 'reason', links: 'may' },
  refusal: { text: 'reason' },
  implementation: { text: 'reason', links: 'must', proof: true },
  transfer: { text: 'reason', agency: true },
}

export const actionKey = (action: Action): Key => `suggestion.action.${action}`

interface Who {
  /** That hold now. */
  current: readonly Appointment[]
  /** Numbers of all that one ever held. */
  all: readonly number[]
  /** Numbers of who endorsed it. */
  endorsedBy: readonly number[]
}

type About = Pick<Suggestion, 'state' | 'author' | 'agency' | 'area' | 'category'>

/** What is offered to somebody; the server decides again. */
export function offered(about: About, { current, all, endorsedBy }: Who): Action[] {
  const isAuthor = all.includes(about.author.id)
  const within = current.filter((one) => covers(one, about))
  const isObserver = within.some(({ role }) => role === 'observer')
  const answers = !isAuthor && within.some(({ role }) => role !== 'observer')
  const hasEndorsed = endorsedBy.some((id) => all.includes(id))
  return [
    ...(isObserver && !isAuthor && isOpen(about) && !hasEndorsed ? ['endorsements' as const] : []),
    ...(hasEndorsed && isOpen(about) ? ['unendorsement' as const] : []),
    ...(isAuthor && about.state === 'submitted' ? ['withdrawal' as const] : []),
    ...(answers ? answering(about) : []),
  ]
}

const isOpen = ({ state }: About): boolean => state === 'submitted' || state === 'under-review'

function answering({ state }: About): Action[] {
  if (state === 'submitted') return ['review', 'transfer']
  if (state === 'under-review') return ['adoption', 'partial-adoption', 'refusal', 'transfer']
  return state === 'adopted' || state === 'partly' ? ['implementation'] : []
}

/** What is about no member touches every observer; who decides must be over it. */
function covers({ role, jurisdiction }: Appointment, about: About): boolean {
  const holds = (list: readonly string[] | null, code: string | null) =>
    list === null || (code === null ? role === 'observer' : list.includes(code))
  return (
    holds(jurisdiction.agencies, about.agency) &&
    holds(jurisdiction.areas, about.area) &&
    holds(jurisdiction.categories, about.category)
  )
}
