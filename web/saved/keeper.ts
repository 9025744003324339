import type { SavedView } from '#shared/saved-view.ts'
import type { Refused } from '../api/ask.ts'

/** Why something was not done; then nothing was lost. */
export type Unkept = 'full' | 'many' | 'unnamed' | Refused

/** Puts back what was removed. */
export type Undo = () => Promise<Unkept | undefined>

/** Who keeps views: an account, or the browser. */
export interface Keeper {
  readonly list: readonly SavedView[]
  save: (name: string, href: string) => Promise<Unkept | undefined>
  rename: (id: string, name: string) => Promise<Unkept | undefined>
  remove: (id: string) => Promise<Unkept | Undo>
}
