import postgres from 'postgres'

const ALREADY_THERE = ['42P04', '23505']

/** Makes the database `clerestory` unless it exists; any number of processes may try at once. */
export async function createDatabase(adminUrl: string): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} })
  try {
    const found = await sql`select from pg_database where datname = 'clerestory'`
    if (found.length === 0) await sql`create database clerestory`
  } catch (error) {
    if (!(error instanceof postgres.PostgresError && ALREADY_THERE.includes(error.code)))
      throw error
  } finally {
    await sql.end({ timeout: 1 })
  }
}
