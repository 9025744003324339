import { type Kysely, sql } from 'kysely'

const OLDEST = 18

/** Why a PostgreSQL that calls itself `version` cannot be used, if it cannot. */
export function versionProblem(version: string): string | undefined {
  const [number = version] = version.split(' ')
  if (Number.parseInt(number) >= OLDEST) return undefined
  return `Clerestory needs PostgreSQL ${OLDEST} or newer; this one is ${number}.`
}

/** An upsert that returns the old row and the new one came with PostgreSQL 18. */
export async function requireSupportedVersion(db: Kysely<any>): Promise<void> {
  const { rows } = await sql<{ version: string }>`
    select current_setting('server_version') as version
  `.execute(db)
  const problem = versionProblem(rows[0]!.version)
  if (problem) throw new Error(problem)
}
