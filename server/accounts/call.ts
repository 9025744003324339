import type { Request, Response } from 'express'
import type { RefusalCode } from '#shared/oversight/refusal.ts'
import { fromNodeHeaders } from 'better-auth/node'
import { HttpError } from '../http/errors.ts'
import { USED } from './accept.ts'
import { withoutCookie } from './session-cookie.ts'

/** The headers of a request, as better-auth takes them. */
export const headersOf = (req: Request): Headers => fromNodeHeaders(req.headers)

/** The same as if nobody were signed in. */
export function strangersHeaders(req: Request, cookieName: string): Headers {
  const headers = headersOf(req)
  headers.set('cookie', withoutCookie(headers.get('cookie') ?? '', cookieName))
  return headers
}

/** In which words it is refused, whatever better-auth says. */
interface Said {
  status: number
  error: string
  code?: RefusalCode
  path?: string
}

/**
 * Awaits one of better-auth's own and hands its cookies on. Whatever it refuses is refused in the given
 * words, the same for every reason: which it was would tell who has an account.
 */
export async function relay<T>(
  res: Response,
  called: Promise<{ headers: Headers; response: T }>,
  refusal: Said,
): Promise<T> {
  try {
    const { headers, response } = await called
    for (const cookie of headers.getSetCookie()) res.append('set-cookie', cookie)
    return response
  } catch (error) {
    throw refusalOf(error, refusal)
  }
}

/** By its name: its class is loaded with all that it comes from. */
const isAPIError = (error: unknown): error is Error & { statusCode: number } =>
  error instanceof Error && error.name === 'APIError' && 'statusCode' in error

function refusalOf(error: unknown, { status, error: message, path, code }: Said) {
  if (!isAPIError(error) || error.statusCode >= 500) return error
  if (error.statusCode === 410) return new HttpError(410, USED)
  if (error.statusCode === 428) {
    const why = 'A password alone is not enough: sign in with your passkey or the single sign-on.'
    return new HttpError(403, why, { code: 'sign-in.other' })
  }
  if (error.statusCode === 429) {
    return new HttpError(429, 'Too many wrong codes. Wait a quarter of an hour.', {
      retryAfter: 900,
    })
  }
  return new HttpError(status, message, { path, ...(code && { code }) })
}
