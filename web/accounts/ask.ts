/** What the server refused, and why; `status` 0 when it did not answer. */
export class Refused extends Error {
  readonly status: number
  /** The field that is wrong. */
  readonly path: string | undefined
  /** Seconds. */
  readonly wait: number
  /** The reason in one word, where the status does not say it. */
  readonly code: string | undefined

  constructor(status: number, { path, wait = 0, code }: Partial<Refused> = {}) {
    super(`The server answered ${status}`)
    this.status = status
    this.path = path
    this.wait = wait
    this.code = code
  }
}

const UNANSWERED = 20_000

/** Asks a route of accounts; with a body it is told something. Throws a `Refused`. */
export async function ask<T = unknown>(
  path: string,
  body?: object,
  method = body ? 'POST' : 'GET',
): Promise<T> {
  const answer = await fetch(`/api/v1/account${path}`, {
    method,
    signal: AbortSignal.timeout(UNANSWERED),
    ...(body && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  }).catch(() => {
    throw new Refused(0)
  })
  if (answer.ok) return (await answer.json()) as T
  const said = (await answer.json().catch(() => ({}))) as { path?: string; code?: string }
  throw new Refused(answer.status, { ...said, wait: Number(answer.headers.get('retry-after')) })
}
