import { ViewQuestion } from '#shared/view-schema.ts'
import { axes, type ViewSpec } from '#shared/view.ts'
import { HttpError } from '../http/errors.ts'
import { parse } from '../http/parse.ts'

const known = new Set<string>(['measures', 'by', 'over', 'window', 'period', 'at', ...axes])

/** `?measures=received,closed&by=agency&over=day&window=7d&area=roxbury,dorchester` as a view spec. */
export function readQuery(query: URLSearchParams): ViewSpec {
  const unknown = [...query.keys()].find((name) => !known.has(name))
  if (unknown !== undefined)
    throw new HttpError(400, `There is no parameter ${unknown}.`, { path: unknown })

  const narrowed = axes.filter((dimension) => query.has(dimension))
  return parse(ViewQuestion, {
    measures: list(query, 'measures'),
    by: query.get('by') ?? undefined,
    over: query.get('over') ?? undefined,
    window: query.get('window') ?? '24h',
    period: query.get('period') ?? undefined,
    ...(narrowed.length > 0 && {
      filters: Object.fromEntries(narrowed.map((dimension) => [dimension, list(query, dimension)])),
    }),
  })
}

/** A parameter may hold several values between commas, and may stand more than once. */
function list(query: URLSearchParams, name: string): string[] {
  return query
    .getAll(name)
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter((value) => value !== '')
}
