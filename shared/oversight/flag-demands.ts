import { type Actor, NotTheirs, Refused } from './act.ts'
import type { Flag, FlagStanding } from './flag.ts'
import type { RefusalCode } from './refusal.ts'

/** Who flags does not judge; who answered may where nobody else does. */
export function requireNoSide(state: Flag, by: Actor): void {
  if ([state.author, ...state.coObservers].some(({ person }) => person === by.person)) {
    throw new NotTheirs(
      'flag.behind',
      'You stand behind this flag: somebody else of the secretariat settles it.',
    )
  }
}

export function requireStanding(
  state: Flag,
  allowed: readonly FlagStanding[],
  code: RefusalCode,
  why: string,
): void {
  if (allowed.includes(state.standing)) return
  throw new Refused(code, `The flag is ${state.standing}: ${why}.`)
}

export function requireAuthor(state: Flag, by: Actor, what: string): void {
  if (state.author.person === by.person) return
  throw new NotTheirs('flag.author', `Only who opened the flag ${what}: join it, or add a note.`)
}

/** Whoever acts has been found to be an official of the owner, or of the secretariat. */
export function requireOwner(state: Flag, by: Actor): void {
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
