import type { At } from '#shared/view.ts'
import { HttpError } from '../http/errors.ts'

/** What a page says that it showed was not so; `was` says what was. */
export function notShown([seq, minute]: At, was: string): HttpError {
  const why = `This was not shown at journal ${seq}, minute ${minute}. ${was} Look at it again.`
  return new HttpError(409, why, { path: 'saw', code: 'number.not-shown' })
}

/** Throws a 409 that names the first count that was another one. */
export function requireSeen(
  saw: Readonly<Record<string, number>>,
  { was, at }: { was: (name: string) => number | undefined; at: At },
): void {
  for (const [name, value] of Object.entries(saw)) {
    const count = was(name)
    if (count !== value) throw notShown(at, `${name.slice(0, 100)} was ${count}.`)
  }
}
