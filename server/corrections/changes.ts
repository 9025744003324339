import { isDeepStrictEqual } from 'node:util'
import { type Change, correctable, type Correctable } from '#shared/oversight/correction.ts'
import { type Dimension, dimensions } from '#shared/ticket.ts'
import type { Directory } from '../dimensions/directory.ts'
import { HttpError } from '../http/errors.ts'
import type { CorrectionForm, Fields } from './form.ts'

interface Reading {
  directory: Directory
  opened: readonly Dimension[]
}

/** Each field whose value is another one than was seen. Throws a 400 that names the first thing wrong. */
export function changesFrom({ from, to }: CorrectionForm, reading: Reading): Change[] {
  const fields = correctable.filter((field) => field in to || field in from)
  const changes = fields.map((field) => changeOf(field, { from, to }, reading))
  const changed = changes.filter((change) => !isDeepStrictEqual(change.from, change.to))
  if (changed.length > 0) return changed
  throw new HttpError(400, 'Nothing is corrected: every value is what it was.', {
    path: 'to',
    code: 'correction.none',
  })
}

function changeOf(field: Correctable, form: Pick<CorrectionForm, 'from' | 'to'>, reading: Reading) {
  return {
    field,
    from: valueOf(field, form.from, { ...reading, path: `from.${field}` }),
    to: valueOf(field, form.to, { ...reading, path: `to.${field}` }),
  } as Change
}

function valueOf(field: Correctable, fields: Fields, { path, ...reading }: Reading & Path) {
  const value = fields[field]
  if (value === undefined) throw new HttpError(400, 'is missing', { path, code: 'field.missing' })
  if (!isDimension(field)) return value
  return memberOf(field, value as string, { ...reading, path })
}

interface Path {
  path: string
}

const isDimension = (field: Correctable): field is Dimension =>
  (dimensions as readonly string[]).includes(field)

/** What the city does not show, nobody corrects: it could be neither seen nor checked. */
function memberOf(
  dimension: Dimension,
  code: string,
  { directory, opened, path }: Reading & Path,
): number {
  if (!opened.includes(dimension)) {
    throw new HttpError(400, `This city has not opened ${dimension} to the public.`, { path })
  }
  const id = directory.find(dimension, code)
  if (id !== undefined) return id
  throw new HttpError(400, `There is no ${dimension} called ${code}.`, {
    path,
    code: 'unknown-name',
  })
}
