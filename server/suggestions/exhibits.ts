import { HttpError } from '../http/errors.ts'

/** What keeps evidence and files, where a server has it. */
export interface Exhibits {
  /** Freezes what a page shows; rejects with an `HttpError` for what was not shown. */
  freeze?: ((claim: unknown, person: string) => Promise<{ hash: string }>) | undefined
  /** Shows files to everybody; rejects with an `HttpError` for one that the person did not bring. */
  publish?: ((hashes: readonly string[], person: string) => Promise<void>) | undefined
}

interface Shown {
  claims: readonly unknown[]
  attachments: readonly string[]
  person: string
}

/** The hashes of the frozen claims, each once; the files that come with them are published. */
export async function hashesOf(
  { freeze, publish }: Exhibits,
  { claims, attachments, person }: Shown,
): Promise<string[]> {
  if (claims.length > 0 && !freeze) throw unkept('claims', 'evidence')
  if (attachments.length > 0 && !publish) throw unkept('attachments', 'files')
  const frozen = await Promise.all(claims.map((claim) => freeze!(claim, person)))
  if (attachments.length > 0) await publish!(attachments, person)
  return [...new Set(frozen.map(({ hash }) => hash))]
}

const unkept = (path: string, what: string): HttpError =>
  new HttpError(400, `This server keeps no ${what}: send it without.`, { path })
