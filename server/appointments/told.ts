import type { Directory } from '../dimensions/directory.ts'
import { codesOf } from './forms.ts'
import type { Held } from './queries.ts'

/** What the public register says: nothing of the account, and no reasons. */
export function publicly({ id, state, standing, texts, withheld }: Held, directory: Directory) {
  const { isPseudonym, from, until, jurisdiction, languages } = state
  const { name, title, appointingBody } = texts
  const where = codesOf(jurisdiction, directory)
  const term = { from, until }
  return {
    id,
    name,
    isPseudonym,
    isNameChosen: state.nameIn !== undefined,
    title,
    appointingBody,
    ...term,
    jurisdiction: where,
    languages,
    standing,
    withheld: withheld ?? {},
  }
}

/** What the secretariat sees, and who was appointed. */
export function fully(held: Held, directory: Directory) {
  const { person, role } = held.state
  const { instrument, reason } = held.texts
  return { ...publicly(held, directory), version: held.version, role, person, instrument, reason }
}
