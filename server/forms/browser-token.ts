import { hash, randomBytes } from 'node:crypto'
import type { Request, Response } from 'express'
import { HttpError } from '../http/errors.ts'

const LASTS = 400 * 24 * 60 * 60 * 1000
const token = /^[\w-]{22}$/

/** Nobody can guess it. */
export const newToken = (): string => randomBytes(16).toString('base64url')

/** What this browser keeps for forms under a cookie's name; undefined: nothing yet. */
export function keptToken(req: Request, cookie: string): string | undefined {
  const pairs = (req.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='))
  const kept = pairs.find(([name]) => name === cookie)?.[1]
  return kept !== undefined && token.test(kept) ? kept : undefined
}

/** A token as a form brings it back. Throws a 400. */
export function readToken(text: unknown): string {
  if (typeof text === 'string' && token.test(text)) return text
  throw new HttpError(400, 'The form came without its hidden field. Open it again.')
}

interface Cookie {
  name: string
  /** Below which it is sent. */
  path: string
  isSecure: boolean
}

export function keepToken(res: Response, kept: string, { name, path, isSecure }: Cookie): void {
  res.cookie(name, kept, {
    ...{ httpOnly: true, sameSite: 'lax', secure: isSecure, path, maxAge: LASTS },
  })
}

/** Who fills it in: another key in each poll and consultation, so that nobody can be followed from one to the other. */
export const personOf = (kept: string, of: string): string =>
  `form-${hash('sha256', `${kept} ${of}`, 'hex').slice(0, 24)}`

/** Says nothing of who it was, and is the same for the same parts. */
export const receiptOf = (...parts: (string | number)[]): string =>
  hash('sha256', parts.join(' '), 'hex').slice(0, 12).toUpperCase()
