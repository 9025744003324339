import type { Act, Deed, Place } from '#shared/oversight/act.ts'
import type { StateTable } from '../db/act-tables.ts'
import type { Database } from '../db/schema.ts'

/** The tables that hold the state of subjects. */
export type NounName = {
  [table in keyof Database]: Database[table] extends StateTable<any> ? table : never
}[keyof Database]

/** What acts are done to: its table holds, by subject, the fold of `next` over its acts. */
export interface Noun<State, D extends Deed> {
  /** The table's name; and what `subject` begins with. */
  name: NounName
  /** Pure; throws `Refused`. */
  next(state: State | undefined, act: Act<D>): State
  /** Where the deed's subject lies before it; of a deed that opens one, where it will. */
  placeOf(before: State | undefined, deed: D): Place
}
