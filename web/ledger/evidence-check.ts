import canonicalize from 'canonicalize'
import { toHex, utf8 } from '#shared/ledger/bytes.ts'
import { sha256 } from '#shared/ledger/sha256.ts'
import type { Evidence, Reopened } from '#shared/oversight/evidence.ts'
import { type Again, askAgain } from './ask-again.ts'
import { tryApi } from './page-reader.ts'

export interface CheckedEvidence {
  evidence: Evidence
  /** What is kept has the fingerprint that the leaf says. */
  isSame: boolean
  /** What the same question is answered for the same moment; undefined: it was not asked, since another one is kept. */
  again: Again | undefined
}

/** `missing`: nothing is kept under that fingerprint. `refused`: it is not shown. `unanswered`: ask again. */
export type NoEvidence = 'missing' | 'refused' | 'unanswered'

/** Hashed here, whatever the server says of it. */
export async function checkEvidence(
  hash: string,
  ask = tryApi,
): Promise<CheckedEvidence | NoEvidence> {
  const { status, body } = await ask(`evidence/${hash}`)
  if (status === 404) return 'missing'
  if (status !== 200) return status === 500 ? 'refused' : 'unanswered'
  const { evidence } = body as Reopened
  const isSame = toHex(sha256(utf8(canonicalize(evidence)!))) === hash
  return { evidence, isSame, again: isSame ? await askAgain(evidence, ask) : undefined }
}
