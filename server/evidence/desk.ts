import type { Claim, Evidence } from '#shared/oversight/evidence.ts'
import type { About } from '#shared/oversight/evidence.ts'
import { contributionsVersion } from '#shared/measures/contributions.ts'
import type { At } from '#shared/view.ts'
import type { Db } from '../db/connect.ts'
import type { fewAtOnce } from '../explorer/few-at-once.ts'
import type { Knowing } from '../explorer/knowing.ts'
import type { FiguresDesk } from '../replies/figures-desk.ts'
import type { LettersDesk } from '../replies/letters-desk.ts'
import type { MarkOf } from '../tickets/marks.ts'
import type { Asking } from '../views/facts-desk.ts'
import type { SaltedText } from './texts.ts'
import type { Views } from '../views/answer.ts'
import type { CountsDesk } from '../views/counts-desk.ts'
import { policyVersionAt } from './queries.ts'

/** What it takes to ask again what a page showed. */
export interface EvidenceDesk extends Views {
  markOf: MarkOf
  knows: Knowing
  counting: ReturnType<typeof fewAtOnce>
  counts: CountsDesk
  letters: LettersDesk
  figures: FiguresDesk
}

/** A claim that the server has asked itself. */
export interface Weighed<One extends Evidence = Evidence> {
  evidence: One
  /** Of all that it points at, also what is not public: never to be published as it is. */
  about: About
  /** Words that it only commits to. */
  texts?: readonly SaltedText[]
}

export interface Weighing<One extends Claim> {
  claim: One
  asking: Asking
}

/** What every kind of evidence holds. */
export async function commonOf(
  { engine, db }: Pick<EvidenceDesk, 'engine' | 'db'>,
  { at, picture }: { at: At; picture?: string | undefined },
) {
  return {
    form: 1 as const,
    demonstration: engine.terms.policy.policy.place.demonstration,
    at: [at[0], at[1]] as [number, number],
    policyVersion: await policyVersionAt(db, at[0]),
    contributionsVersion,
    picture: picture ?? null,
  }
}

export const iso = (at: number): string => new Date(at).toISOString()
