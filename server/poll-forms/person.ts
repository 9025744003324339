import { hash, randomBytes } from 'node:crypto'
import type { Request, Response } from 'express'
import { HttpError } from '../http/errors.ts'

const COOKIE = 'poll-form'
const LASTS = 400 * 24 * 60 * 60 * 1000
const token = /^[\w-]{22}$/

/** What this browser keeps for forms, or a new one. */
export function tokenOf(req: Request): string {
  const pairs = (req.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='))
  const kept = pairs.find(([name]) => name === COOKIE)?.[1]
  return kept !== undefined && token.test(kept) ? kept : randomBytes(16).toString('base64url')
}

/** The token as a form brings it back where no cookie is kept. Throws a 400. */
export function readToken(text: unknown): string {
  if (typeof text === 'string' && token.test(text)) return text
  throw new HttpError(400, 'The form came without its hidden field. Open it again.')
}

export function keepToken(res: Response, kept: string, isSecure: boolean): void {
  res.cookie(COOKIE, kept, {
    ...{ httpOnly: true, sameSite: 'lax', secure: isSecure, path: '/polls', maxAge: LASTS },
  })
}

/** Who answers: another key in each poll, so that nobody can be followed from one to the other. */
export const personOf = (kept: string, poll: string): string =>
  `form-${hash('sha256', `${kept} ${poll}`, 'hex').slice(0, 24)}`

/** Says nothing of who answered, and is the same for the same answer. */
export const receiptOf = (person: string, version: number): string =>
  hash('sha256', `${person} ${version}`, 'hex').slice(0, 12).toUpperCase()
