import { tell } from '../api/ask.ts'

/** Asks a route of accounts; with a form it is told something. Throws a `Refused`. */
export const ask = <Answer = unknown>(
  path: string,
  form?: object,
  method = form ? 'POST' : 'GET',
): Promise<Answer> => tell<Answer>(`/account${path}`, method, form)
