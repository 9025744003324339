import { type Place } from '#shared/oversight/act.ts'
import type { Flag, FlagDeed } from '#shared/oversight/flag.ts'
import { nextFlag } from '#shared/oversight/next-flag.ts'
import type { Noun } from '../acts/noun.ts'

/** For observers a flag lies where its evidence does; for who answers, with whoever owns it now. */
export const flagNoun: Noun<Flag, FlagDeed> = { name: 'flag', next: nextFlag, placeOf }

const ofObservers: readonly FlagDeed['kind'][] = [
  'flag.accepted',
  'flag.disputed',
  'flag.withdrawn',
  'flag.joined',
  'flag.noted',
]

function placeOf(before: Flag | undefined, deed: FlagDeed): Place {
  if (deed.kind === 'flag.opened') return JSON.parse(deed.texts.place!) as Place
  if (ofObservers.includes(deed.kind)) return before!.place
  return { ...before!.place, agency: before!.owner }
}
