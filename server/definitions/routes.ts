import { Router } from 'express'
import { answerMeasures } from '#shared/consultations/answer-measures.ts'
import { contributionsVersion } from '#shared/measures/contributions.ts'
import { measures } from '#shared/measures/all.ts'
import type { Measure } from '#shared/measures/measure.ts'
import type { Break } from '#shared/view.ts'
import { saidOf } from './said.ts'

/**
 * `GET /definitions` answers `{contributions, measures}`: of every measure what its card says, in each
 * language, its formula in the names of its fields, and `breaks`, where its series breaks in this database. Those of one
 * consultation as a whole are told by `/consultations/CODE/figures`, all others by views. Of each without its `breaks` the SHA-256
 * of its RFC 8785 stands in the ledger, in the measure's newest leaf.
 */
export function definitionRoutes(breaks: () => readonly Break[]): Router {
  const routes = Router()
  routes.get('/definitions', (_req, res) => {
    const known = breaks()
    res.set('cache-control', 'no-store').json({
      contributions: contributionsVersion,
      measures: [...Object.values<Measure>(measures), ...answerMeasures].map((measure) =>
        told(measure, known),
      ),
    })
  })
  return routes
}

function told(measure: Omit<Measure, 'parts' | 'compute'>, breaks: readonly Break[]) {
  const own = breaks.filter((one) => one.measure === measure.id)
  return { ...saidOf(measure), breaks: own }
}
