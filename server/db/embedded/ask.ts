import postgres from 'postgres'
import type { Cluster } from './prepare.ts'

/** Where one database of the cluster is found, password included. */
export function databaseUrl({ password }: Cluster, port: number, name = 'clerestory'): string {
  return `postgres://clerestory:${password}@127.0.0.1:${port}/${name}`
}

/** `yes` when PostgreSQL answers there to our password, `no` when it refuses it, else `later`. */
export async function answers(cluster: Cluster, port: number): Promise<'yes' | 'no' | 'later'> {
  const sql = postgres(databaseUrl(cluster, port, 'postgres'), {
    max: 1,
    connect_timeout: 2,
    onnotice: () => {},
  })
  try {
    await sql`select`
    return 'yes'
  } catch (error) {
    return isRefusal(error) ? 'no' : 'later'
  } finally {
    await sql.end({ timeout: 0 })
  }
}

/** SQLSTATE class 28: the password or the role is not the cluster's. */
function isRefusal(error: unknown): boolean {
  return error instanceof postgres.PostgresError && error.code.startsWith('28')
}
