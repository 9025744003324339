import type { Selectable } from 'kysely'
import type { Db } from '../db/connect.ts'
import type { Database } from '../db/schema.ts'

type Answer = Pick<Selectable<Database['answer']>, 'statement' | 'vote' | 'chosen' | 'groups'>

/** Of one person to one poll, on these statements; 0: to its questions. */
export async function answersBy(
  db: Db,
  { poll, person, statements }: { poll: number; person: string; statements: readonly number[] },
): Promise<Answer[]> {
  if (statements.length === 0) return []
  return db
    .selectFrom('answer')
    .select(['statement', 'vote', 'chosen', 'groups'])
    .where('poll', '=', poll)
    .where('statement', 'in', statements)
    .where('person', '=', person)
    .execute()
}
