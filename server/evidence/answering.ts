import { answerMeasure } from '#shared/consultations/answer-measures.ts'
import type { AnsweringEvidence, Claim, Told } from '#shared/oversight/evidence.ts'
import type { AnsweringNow } from '#shared/oversight/evidence-of-opinions.ts'
import { called } from '../consultations/called.ts'
import { commonOf, type EvidenceDesk, type Weighed, type Weighing } from './desk.ts'
import { lyingAt } from './place.ts'
import { tellToday } from './today.ts'

type AnsweringClaim = Extract<Claim, { kind: 'answering' }>

/** How a draft is answered as the server tells it now, and beside it what the page said. Throws a 404. */
export async function weighAnswering(
  desk: EvidenceDesk,
  { claim }: Weighing<AnsweringClaim>,
): Promise<Weighed<AnsweringEvidence>> {
  const { measure, saw, picture } = claim
  const row = await called(desk.db, claim.consultation)
  const { figures, at, asOf } = await desk.figures.figuresOf(row)
  const { members, about } = lyingAt(row, desk.engine.terms)
  const evidence: AnsweringEvidence = {
    kind: 'answering',
    ...(await commonOf(desk, { at, picture })),
    ...{ asOf, members, consultation: row.code, titles: { ...row.titles } },
    ...{ measure, definitionVersion: answerMeasure(measure).version },
    ...{ fields: { ...figures[measure] }, saw },
  }
  return { evidence, about }
}

export function answeringNow(
  desk: EvidenceDesk,
  { consultation, measure }: AnsweringEvidence,
): Promise<Told<AnsweringNow>> {
  return tellToday<AnsweringNow>(async () => {
    const row = await called(desk.db, consultation)
    const { figures, asOf } = await desk.figures.figuresOf(row)
    const definitionVersion = answerMeasure(measure).version
    return { state: 'told', asOf, fields: { ...figures[measure] }, definitionVersion }
  })
}
