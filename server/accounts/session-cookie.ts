import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/**
 * How the names of cookies begin. Over https browsers take one called `__Host-` only from this very host, for
 * all its paths, and never without TLS; over http they would not take it at all.
 */
export const cookiePrefix = (publicUrl: string | undefined): string =>
  publicUrl?.startsWith('https:') ? '__Host-clerestory' : 'clerestory'

export const sessionCookie = (publicUrl: string | undefined): string =>
  `${cookiePrefix(publicUrl)}.session_token`

/** Of who gave a password and owes the code. */
export const owedCookie = (publicUrl: string | undefined): string =>
  `${cookiePrefix(publicUrl)}.two_factor`

/** Reads the token out of a request's cookie, as better-auth signed it; undefined of one that we did not sign. */
export function sessionTokenReader(name: string, secret: string) {
  return ({ headers }: Pick<IncomingMessage, 'headers'>): string | undefined => {
    const value = cookieIn(headers.cookie, name)
    const at = value?.lastIndexOf('.') ?? -1
    if (value === undefined || at < 1) return undefined
    const token = value.slice(0, at)
    const signature = createHmac('sha256', secret).update(token).digest()
    const given = Buffer.from(value.slice(at + 1), 'base64')
    const isOurs = given.length === signature.length && timingSafeEqual(given, signature)
    return isOurs ? token : undefined
  }
}

function cookieIn(header: string | undefined, name: string): string | undefined {
  const found = header?.split(';').find((one) => one.trimStart().startsWith(`${name}=`))
  if (found === undefined) return undefined
  try {
    return decodeURIComponent(found.trim().slice(name.length + 1))
  } catch {
    return undefined
  }
}

/** The same header without that cookie: what is asked then is asked by nobody. */
export const withoutCookie = (header: string, name: string): string =>
  header
    .split(';')
    .filter((one) => !one.trimStart().startsWith(`${name}=`))
    .join(';')
