import { concentrationOf } from '#shared/consultations/concentration.ts'
import { type ToldFigures, toldFigures } from '#shared/consultations/answer-measures.ts'
import type { ConsultationRow } from '../consultations/consultation-queries.ts'
import { writersIn } from './queries.ts'
import { reportFrom, type ReportParts } from './report-from.ts'

/** Milliseconds for which figures are told again; and so many times longer than counting took. */
const FRESH = 5_000
const REST = 20

export interface FiguresDesk {
  /** Some seconds old at most, longer of what the cube holds no more; many who ask at once are answered by one reading. */
  figuresOf(row: ConsultationRow): Promise<ToldFigures>
}

export function openFiguresDesk(parts: ReportParts): FiguresDesk {
  const kept = new Map<number, { told: Promise<ToldFigures>; until: number }>()

  async function figure(row: ConsultationRow): Promise<ToldFigures> {
    const { at } = parts.engine
    const asOf = new Date(parts.engine.asOf).toISOString()
    const { report } = await reportFrom(parts, row, { language: 'en' })
    const concentration = concentrationOf(await writersIn(parts.db, row.id))
    const figures = toldFigures({ answering: report.figures, concentration })
    return { figures, at, asOf }
  }

  return {
    figuresOf(row) {
      const known = kept.get(row.id)
      if (known && performance.now() < known.until) return known.told
      const startedAt = performance.now()
      const told = figure(row)
      kept.set(row.id, { told, until: Infinity })
      told.then(
        () => {
          const now = performance.now()
          kept.set(row.id, { told, until: now + Math.max(FRESH, REST * (now - startedAt)) })
        },
        () => kept.delete(row.id),
      )
      return told
    },
  }
}
