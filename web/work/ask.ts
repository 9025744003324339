/** What the server refused, and why; `status` 0 when it did not answer. */
export class NotTaken extends Error {
  readonly status: number
  /** The field that is wrong. */
  readonly path: string | undefined

  constructor(status: number, message: string, path?: string) {
    super(message)
    this.status = status
    this.path = path
  }
}

const UNANSWERED = 20_000

/** Asks below `/api/v1/`; with a body it does an act, whose key says that it is the same one. Throws `NotTaken`. */
export async function ask<T>(path: string, act?: { key: string; body: object }): Promise<T> {
  const answer = await fetch(`/api/v1/${path}`, {
    signal: AbortSignal.timeout(UNANSWERED),
    ...(act && {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': act.key },
      body: JSON.stringify(act.body),
    }),
  }).catch(() => {
    throw new NotTaken(0, '')
  })
  if (answer.ok) return (await answer.json()) as T
  const said = (await answer.json().catch(() => ({}))) as { error?: string; path?: string }
  throw new NotTaken(answer.status, said.error ?? answer.statusText, said.path)
}
