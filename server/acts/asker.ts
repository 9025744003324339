import type { Request } from 'express'
import { HttpError } from '../http/errors.ts'

export interface Person {
  id: string
  name: string
}

/** Who asks; accounts know it. */
export type PersonOf = (req: Request) => Promise<Person | undefined>

export const notSignedIn = (): HttpError =>
  new HttpError(401, 'Sign in first.', { code: 'sign-in' })

/** Throws a 401 when nobody is signed in. */
export async function requirePerson(personOf: PersonOf, req: Request): Promise<Person> {
  const person = await personOf(req)
  if (!person) throw notSignedIn()
  return person
}
