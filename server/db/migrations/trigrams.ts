import { type Kysely, sql } from 'kysely'

/** What text is searched with. Throws with what an administrator must run where this user may not add it. */
export async function prepareTrigrams(db: Kysely<never>): Promise<void> {
  const add = 'create extension if not exists pg_trgm'
  try {
    await sql.raw(add).execute(db)
  } catch (error) {
    const why = 'This database user may not add the extension that text is searched with.'
    throw new Error(
      `${why} As an administrator run, in this database:\n  ${add};\nThen start again.`,
      {
        cause: error,
      },
    )
  }
}
