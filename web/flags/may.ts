import type { ToldFlag } from './told.ts'
import type { Appointment } from '../accounts/mine.svelte.ts'

/** By the last part of its route. */
export const deeds = [
  'acknowledgement',
  'answer',
  'acceptance',
  'dispute',
  'settlement',
  'joining',
  'notes',
  'transfer',
  'correction',
  'corrections',
  'withdrawal',
] as const
export type Deed = (typeof deeds)[number]

interface Who {
  /** Appointments that hold now. */
  current: readonly Appointment[]
  /** Numbers of all that they ever held. */
  all: readonly number[]
}

/**
 * What somebody may do about a flag as it stands, as far as a page can know: the server has the last word. Theirs is what
 * they opened or joined under whichever appointment.
 */
export function mayDo(flag: ToldFlag, { current, all }: Who): Deed[] {
  const can = new Set(current.flatMap((one) => allowed(flag, one, all)))
  const isBehind = [flag.author, ...flag.coObservers].some((one) => all.includes(one.appointment))
  if (isBehind) can.delete('joining')
  return deeds.filter((deed) => can.has(deed))
}

function allowed(flag: ToldFlag, mine: Appointment, all: readonly number[]): Deed[] {
  if (mine.role === 'observer') {
    if (!covers(mine, flag)) return []
    return all.includes(flag.author.appointment) ? ofAuthor(flag) : ofObserver(flag)
  }
  if (mine.role === 'secretariat') return ofSecretariat(flag)
  return answersFor(mine, flag) ? ofOwner(flag) : []
}

/** Who is not told whose a flag is does not answer it. */
function answersFor({ jurisdiction: { agencies } }: Appointment, { agency }: ToldFlag): boolean {
  if (agency === null || agency === undefined) return false
  return agencies === null || agencies.includes(agency)
}

function covers({ jurisdiction }: Appointment, { place }: ToldFlag): boolean {
  const { agencies, areas, categories } = jurisdiction
  // What is about no area in particular touches every one.
  const touches = (list: readonly string[] | null, code: string | undefined) =>
    list === null || code === undefined || list.includes(code)
  return (
    touches(agencies, place.agency) &&
    touches(areas, place.area) &&
    touches(categories, place.category)
  )
}

const OPEN = ['open', 'acknowledged', 'answered', 'disputed']

function ofObserver({ state }: ToldFlag): Deed[] {
  if (state === 'withdrawn') return []
  return OPEN.includes(state) ? ['joining', 'notes'] : ['notes']
}

function ofAuthor({ state }: ToldFlag): Deed[] {
  if (state === 'withdrawn') return []
  const word: Deed[] = state === 'answered' ? ['acceptance', 'dispute'] : []
  return [...word, 'notes', ...(OPEN.includes(state) ? (['withdrawal'] as const) : [])]
}

/** Of an official of the agency that must answer; or of the secretariat, where that must. */
function ofOwner({ state, evidence: { kind } }: ToldFlag): Deed[] {
  const isOfTickets = ['number', 'ticket', 'group'].includes(kind)
  const corrections: Deed[] = isOfTickets ? ['correction', 'corrections'] : ['corrections']
  if (state === 'open') return ['acknowledgement', 'answer', 'transfer', ...corrections]
  if (state === 'acknowledged') return ['answer', 'transfer', ...corrections]
  if (state === 'answered') return ['answer', ...corrections]
  return state === 'withdrawn' ? [] : corrections
}

function ofSecretariat(flag: ToldFlag): Deed[] {
  const own = flag.agency === null ? ofOwner(flag) : []
  const isUnanswered = flag.state === 'open' || flag.state === 'acknowledged'
  const hasNoWord = flag.state === 'answered' && flag.deadlines.word?.late === true
  return [
    ...own,
    ...(isUnanswered ? (['transfer'] as const) : []),
    ...(flag.state === 'disputed' || hasNoWord ? (['settlement'] as const) : []),
  ]
}
