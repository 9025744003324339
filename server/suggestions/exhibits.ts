import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { keptEvidence, keptFlags } from './queries.ts'

/** What a page shows, of which nothing is kept yet. */
interface Weighed {
  hash: string
  picture?: string | null
  keep(trx: Db, person: string): Promise<unknown>
}

/** What keeps evidence and files. */
export interface Exhibits {
  /** Asks what a page shows again; rejects with an `HttpError` for what was not shown. */
  weigh(claim: unknown): Promise<Weighed>
  /** Shows files to everybody, in the transaction of the act; rejects with an `HttpError` for one that the person did not bring. */
  claimAttachments(trx: Db, person: string, hashes: readonly string[]): Promise<unknown>
}

interface Shown {
  claims: readonly unknown[]
  /** Hashes of what was frozen before. */
  evidence: readonly string[]
  attachments: readonly string[]
}

export interface Exhibited {
  /** Each hash once. */
  evidence: string[]
  /** Kept with the act, or not at all. */
  weighed: Weighed[]
  /** What is published with the act, or not at all. */
  files: string[]
}

/** Asks again what is claimed, and looks whether what was frozen before is kept. */
export async function exhibit(
  db: Db,
  { weigh }: Pick<Exhibits, 'weigh'>,
  { claims, evidence, attachments }: Shown,
): Promise<Exhibited> {
  await requireKept(evidence, { path: 'evidence', of: (hashes) => keptEvidence(db, hashes) })
  const weighed = await Promise.all(claims.map((claim) => weigh(claim)))
  const pictures = weighed.flatMap(({ picture }) => picture ?? [])
  return {
    evidence: [...new Set([...evidence, ...weighed.map(({ hash }) => hash)])],
    weighed,
    files: [...new Set([...attachments, ...pictures])],
  }
}

/** Throws a 400 that names the first flag that there is not. */
export const requireFlags = (db: Db, flags: readonly number[]): Promise<void> =>
  requireKept(flags, { path: 'flags', of: (ids) => keptFlags(db, ids) })

interface Keeping<Name> {
  path: 'evidence' | 'flags'
  of: (names: readonly Name[]) => Promise<Name[]>
}

async function requireKept<Name>(
  names: readonly Name[],
  { path, of }: Keeping<Name>,
): Promise<void> {
  if (names.length === 0) return
  const kept = await of(names)
  const place = names.findIndex((name) => !kept.includes(name))
  if (place === -1) return
  const what = path === 'flags' ? `flag ${String(names[place])}` : 'such evidence'
  throw new HttpError(400, `There is no ${what}.`, {
    path: `${path}.${place}`,
    code: 'unknown-name',
  })
}
