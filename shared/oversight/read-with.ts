import type { MeasureId } from '../measures/all.ts'

const companions: Partial<Record<MeasureId, readonly MeasureId[]>> = {
  resolutionGap: ['resolutionConfirmed', 'surveyCoverage'],
  resolutionConfirmed: ['surveyCoverage'],
  satisfactionRate: ['surveyCoverage'],
}

/** What a number is not to be read without: what the other judge says, and how many were asked. */
export const readWith = (measure: MeasureId): readonly MeasureId[] => companions[measure] ?? []
