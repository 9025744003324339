import type { RawBuilder } from 'kysely'
import { z } from 'zod'
import { isStorable } from '#shared/events.ts'
import { NONE } from '#shared/view.ts'
import type { Directory } from '../dimensions/directory.ts'
import { HttpError } from '../http/errors.ts'
import type { Telling } from './told.ts'
import {
  isBefore,
  isBy,
  isIn,
  isInOrNowhere,
  isOfKind,
  isOfNoun,
  recordedNouns,
  says,
} from './queries.ts'

const list = <T extends z.ZodType<string, string>>(one: T) =>
  z
    .string()
    .max(8000)
    .transform((text) => text.split(','))
    .pipe(z.array(one).max(200))
    .optional()
const code = z.string().min(1).max(200)

export const RecordsQuery = z.strictObject({
  noun: list(z.enum(recordedNouns, `must be of ${recordedNouns.join(', ')}`)),
  kind: list(
    z
      .string()
      .regex(/^[a-z]+\.[a-z]+$/, 'must be like flag.opened')
      .max(50),
  ),
  agency: list(code),
  area: list(code),
  category: list(code),
  observer: z.coerce.number('must be the number of an observer').int().min(1).optional(),
  q: z.string().trim().min(1).max(200).refine(isStorable, 'must not contain NUL').optional(),
  before: z.coerce
    .number('must be the id of an act')
    .int()
    .min(1)
    .max(2 ** 53 - 1)
    .optional(),
  limit: z.coerce.number('must be a number').int().min(1).max(100).default(50),
})
export type RecordsQuery = z.infer<typeof RecordsQuery>

/** What an act must meet. Throws a 400 for a member that there is not. */
export function conditionsOf(
  { noun, kind, observer, q, before, ...asked }: RecordsQuery,
  { directory, opened }: Telling,
): RawBuilder<unknown>[] {
  return [
    ...(noun ? [isOfNoun(noun)] : []),
    ...(kind ? [isOfKind(kind)] : []),
    ...(['agency', 'area', 'category'] as const).flatMap((name) => {
      const codes = asked[name]
      if (!codes) return []
      const ids = codes.filter((one) => one !== NONE).flatMap((one) => idsOf(name, one, directory))
      const within = { column: name, ids, isTold: opened.includes(name) }
      return [codes.includes(NONE) ? isInOrNowhere(within) : isIn(within)]
    }),
    ...(observer === undefined ? [] : [isBy(observer)]),
    ...(q === undefined ? [] : [says(q)]),
    ...(before === undefined ? [] : [isBefore(before)]),
  ]
}

/** Every id under which a member was ever named. */
function idsOf(name: 'agency' | 'area' | 'category', code: string, directory: Directory): number[] {
  const id = directory.find(name, code)
  if (id) return directory.idsOf(id)
  throw new HttpError(400, `There is no ${name} called ${code}.`, { path: name })
}
