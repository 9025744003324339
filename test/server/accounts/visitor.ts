import { createHmac, randomUUID } from 'node:crypto'

interface App {
  origin: string
}

type Ask = (path: string, body?: object, init?: RequestInit) => Promise<Response>

export interface Visitor {
  ask: Ask
  post: Ask
  /** What a browser would send. */
  cookie(): string
  /** Of every cookie that was set, as it was. */
  readonly setCookies: readonly string[]
}

/** Somebody with a browser: keeps cookies, and says where it is. `ask` is a GET without a body. */
export function visitorOf({ origin }: App): Visitor {
  const jar = new Map<string, string>()
  const setCookies: string[] = []
  const cookie = () => Array.from(jar, ([name, value]) => `${name}=${value}`).join('; ')

  const ask: Ask = async (path, body, init = {}) => {
    const answer = await fetch(`${origin}/api/v1/account${path}`, {
      redirect: 'manual',
      ...init,
      headers: {
        origin,
        cookie: cookie(),
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
        ...init.headers,
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    for (const line of answer.headers.getSetCookie()) {
      setCookies.push(line)
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
      if (value === '' || /max-age=0/i.test(line)) jar.delete(name!)
      else jar.set(name!, value!)
    }
    return answer
  }
  const post: Ask = (path, body = {}, init = {}) => ask(path, body, { method: 'POST', ...init })
  return { ask, post, cookie, setCookies }
}

/** A test knows what it asked for. */
export const bodyOf = async (answer: Promise<Response>): Promise<any> => (await answer).json()

/** Of the step after: a code counts once, and a test has no time to wait for the next one. */
export const nextCodeOf = (uri: string): string => codeOf(uri, Date.now() + 30_000)

/** What an authenticator app shows for an `otpauth:` address, 30 s a step. */
export function codeOf(uri: string, at = Date.now()): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)))
  const key = fromBase32(new URL(uri).searchParams.get('secret')!)
  const digest = createHmac('sha1', key).update(counter).digest()
  const offset = digest.at(-1)! & 15
  return String((digest.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, '0')
}

function fromBase32(text: string): Buffer {
  const bits = Array.from(text.replaceAll('=', ''), (letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  ).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
