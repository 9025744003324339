import type { RawBuilder } from 'kysely'
import { z } from 'zod'
import { isStorable } from '#shared/events.ts'
import { stages, targets } from '#shared/oversight/suggestion.ts'
import { NONE } from '#shared/view.ts'
import type { Directory } from '../dimensions/directory.ts'
import { HttpError } from '../http/errors.ts'
import { holds, isIn, isInOrNone, isLate, isOf, type Place, suggestionSorts } from './queries.ts'

const list = <T extends z.ZodType<string, string>>(one: T) =>
  z
    .string()
    .max(2000)
    .transform((text) => text.split(','))
    .pipe(z.array(one).max(50))
    .optional()
const code = z.string().min(1).max(200)
const text = z.string().trim().min(1).max(200).refine(isStorable, 'must not contain NUL')

const where = {
  agency: list(code),
  area: list(code),
  category: list(code),
}

export const BoardQuery = z.strictObject(where)

export const ListQuery = z.strictObject({
  ...where,
  state: list(z.enum(stages, `must be of ${stages.join(', ')}`)),
  target: list(z.enum(targets, `must be of ${targets.join(', ')}`)),
  author: z
    .string()
    .transform((text) => text.split(','))
    .pipe(
      z.array(z.coerce.number<string>('must be the number of an observer').int().min(1)).max(50),
    )
    .optional(),
  late: z.enum(['true', 'false'], 'must be true or false').optional(),
  q: text.optional(),
  sort: z.enum(suggestionSorts, `must be one of ${suggestionSorts.join(', ')}`).default('newest'),
  after: z.string().max(100).optional(),
  limit: z.coerce.number('must be a number').int().min(1).max(100).default(25),
})
type ListQuery = z.infer<typeof ListQuery>

/** What a suggestion must meet. Throws a 400 for a member that there is not. */
export function conditionsOf(
  asked: Partial<ListQuery>,
  directory: Directory,
): RawBuilder<unknown>[] {
  const { state, target, author, late, q } = asked
  return [
    ...membersIn(asked, directory),
    ...(state ? [isOf('stage', state)] : []),
    ...(target ? [isOf('target', target)] : []),
    ...(author === undefined ? [] : [isIn('author', author)]),
    ...(late === undefined ? [] : [isLate(late === 'true')]),
    ...(q === undefined ? [] : [holds(q)]),
  ]
}

/** By every id under which a member was ever named; `(none)` is what names no member. */
function membersIn(asked: Partial<ListQuery>, directory: Directory): RawBuilder<unknown>[] {
  return (['agency', 'area', 'category'] as const).flatMap((name) => {
    const ids = asked[name]?.flatMap((code) => {
      const id = directory.find(name, code)
      if (id) return directory.idsOf(id)
      if (code === NONE) return []
      throw new HttpError(400, `There is no ${name} called ${code}.`, { path: name })
    })
    if (asked[name]?.includes(NONE)) return [isInOrNone(name, ids!)]
    return ids ? [isIn(name, ids)] : []
  })
}

export function cursorOf(sort: ListQuery['sort'], { value, id }: Place): string {
  return `${sort}.${value}.${id}`
}

/** Throws a 400 for what no answer in this order has told. */
export function readCursor({ sort, after }: ListQuery): Place | undefined {
  if (after === undefined) return undefined
  const [, order, value, id] = /^([a-z]+)\.(\d{1,16})\.(\d{1,16})$/.exec(after) ?? []
  if (order === sort) return { value: Number(value), id: Number(id) }
  throw new HttpError(400, 'after is no cursor that an answer in this order has told.', {
    path: 'after',
  })
}
