import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { bodyOf, codeOf, visitorOf } from '../accounts/visitor.ts'

/** What a refusal says; of anything else who asks knows what is answered. */
interface Refusal {
  error?: string
}

export interface Answer<Body = Refusal> {
  status: number
  body: Body
}

/** Somebody with an account who is signed in, over HTTP alone. */
export interface Somebody {
  id: string
  name: string
  ask<Body = Refusal>(path: string): Promise<Answer<Body>>
  /** Does something under `/api/v1`; with a key of its own unless one is given. */
  act(path: string, body?: object, key?: string): Promise<Answer>
  /** The same until it is answered, however often server or database are away; throws what is refused. */
  insist<Body = Refusal>(path: string, body?: object, key?: string): Promise<Body>
  /** Of a socket's handshake. */
  headers(): Record<string, string>
}

const PASSWORD = 'tide tables and lanterns'
/** Milliseconds. */
const AGAIN = 100
const INSISTED_FOR = 40_000

/** Goes in by a link such as `https://…/welcome#TOKEN`: a password, and the code of an app. */
async function accept(origin: string, link: string): Promise<Somebody> {
  const visitor = visitorOf({ origin })
  const token = new URL(link).hash.slice(1)
  await visitor.post('/welcome/password', { token, password: PASSWORD })
  const { uri } = await bodyOf(visitor.post('/code', { password: PASSWORD }))
  await visitor.post('/code/confirm', { code: codeOf(uri) })
  const { person } = await bodyOf(visitor.ask(''))
  return somebody(origin, { ...person, headers: () => ({ origin, cookie: visitor.cookie() }) })
}

/** Makes the first account by the link of the first start. */
export async function acceptFirst(origin: string, link: string, name: string): Promise<Somebody> {
  const token = new URL(link).hash.slice(1)
  await visitorOf({ origin }).post('/welcome/first', { token, name, email: addressOf(name) })
  return accept(origin, link)
}

/** The secretariat invites somebody, who goes in. */
export async function invited(origin: string, by: Somebody, name: string): Promise<Somebody> {
  const body = await by.insist<{ link: string }>('/account/invitations', {
    name,
    email: addressOf(name),
  })
  return accept(origin, body.link)
}

const addressOf = (name: string) => `${name.toLowerCase().replaceAll(/[^a-z]+/g, '.')}@example.org`

function somebody(
  origin: string,
  { id, name, headers }: Pick<Somebody, 'id' | 'name' | 'headers'>,
): Somebody {
  const send = async <Body>(path: string, init: RequestInit): Promise<Answer<Body>> => {
    const response = await fetch(`${origin}/api/v1${path}`, {
      ...init,
      headers: { ...headers(), ...(init.headers as Record<string, string>) },
    })
    return { status: response.status, body: (await response.json()) as Body }
  }
  const act = <Body = Refusal>(path: string, body: object = {}, key: string = randomUUID()) =>
    send<Body>(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
    })
  return {
    ...{ id, name, headers, act },
    ask: (path) => send(path, {}),
    async insist<Body>(path: string, body?: object, key: string = randomUUID()) {
      const until = Date.now() + INSISTED_FOR
      for (;;) {
        const answer = await act<Body>(path, body, key).catch(() => undefined)
        if (answer && answer.status < 300) return answer.body
        const isRefused = answer && answer.status < 500
        if (isRefused || Date.now() > until) {
          throw new Error(`${path}: ${answer?.status} ${JSON.stringify(answer?.body)}`)
        }
        await delay(AGAIN)
      }
    },
  }
}
