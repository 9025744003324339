import canonicalize from 'canonicalize'
import { toHex, utf8 } from '#shared/ledger/bytes.ts'
import { sha256 } from '#shared/ledger/sha256.ts'
import type { Evidence, NumberEvidence, Reopened } from '#shared/oversight/evidence.ts'
import type { Fields } from '#shared/oversight/frozen.ts'
import type { ViewState } from '#shared/view.ts'
import { viewQuery } from '../live/view-query.ts'
import { askApi } from './page-reader.ts'

export interface CheckedEvidence {
  evidence: Evidence
  /** What is kept has the fingerprint that the leaf says. */
  isSame: boolean
  /** The question asked again at the same point of the journal; undefined where it cannot be, or was not answered. */
  again: Fields | undefined
}

/** Hashed here, whatever the server says of it; undefined: the server does not answer. */
export async function checkEvidence(
  hash: string,
  ask = askApi,
): Promise<CheckedEvidence | undefined> {
  const kept = (await ask(`evidence/${hash}`)) as Reopened | undefined
  if (!kept) return undefined
  const { evidence } = kept
  const isSame = toHex(sha256(utf8(canonicalize(evidence)!))) === hash
  return { evidence, isSame, again: await askAgain(evidence, ask) }
}

async function askAgain(evidence: Evidence, ask: typeof askApi): Promise<Fields | undefined> {
  if (evidence.kind !== 'number') return undefined
  // What was published of days is told as it was first published: it has no other past.
  const at = evidence.basis === 'published' ? undefined : evidence.at
  const asked = `view?${viewQuery(evidence.question, at)}`
  const answer = (await ask(asked)) as ViewState | undefined
  return answer && fieldsIn(answer, evidence)
}

/** As they were frozen, out of an answer. */
function fieldsIn({ columns, rows, totals }: ViewState, told: NumberEvidence): Fields | undefined {
  const row = told.row === null ? totals : rows.find(([key]) => key === told.row)
  return (
    row &&
    Object.fromEntries(
      Object.keys(told.fields).map((field) => {
        const at = columns.findIndex(
          (one) => one.measure === told.measure && (one.field ?? 'value') === field,
        )
        return [field, (row[at] ?? null) as number | null]
      }),
    )
  )
}

/** By their names, whatever their order. */
export const isSameFields = (a: Fields, b: Fields): boolean => canonicalize(a) === canonicalize(b)
