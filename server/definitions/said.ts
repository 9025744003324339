import { hash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { Measure } from '#shared/measures/measure.ts'

type Said = Omit<Measure, 'parts' | 'compute'>

/** All that is said of a measure: what its card shows in each language, and its formula in the names of its fields. */
export function saidOf(measure: Said) {
  const { id, version, clock, countedAt, judge, isSurvey = false, formula, fields, text } = measure
  return { id, version, clock, countedAt, judge, isSurvey, formula, fields, text }
}

/** SHA-256 of it in RFC 8785, in hexadecimal. */
export const fingerprintOfSaid = (measure: Said): string =>
  hash('sha256', canonicalize(saidOf(measure))!, 'hex')
