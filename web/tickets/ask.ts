/** What the server said instead of an answer. */
export class Refused extends Error {
  readonly status: number
  /** Milliseconds after which to ask again; undefined where that would be refused again. */
  readonly retryAfter: number | undefined

  constructor(message: string, status: number, retryAfter?: number) {
    super(message)
    this.status = status
    this.retryAfter = retryAfter
  }
}

const PATIENCE = 20_000

/** Asks below `/api/v1/`. Throws `Refused`, or what the network says. */
export async function ask<Answer>(path: string, signal: AbortSignal): Promise<Answer> {
  const ending = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)])
  const response = await fetch(`/api/v1/${path}`, { signal: ending })
  if (response.ok) return (await response.json()) as Answer
  const { error } = (await response.json().catch(() => ({}))) as { error?: string }
  const isPassing = response.status >= 500 || response.status === 429
  const wait = Number(response.headers.get('retry-after') ?? 2) * 1000
  throw new Refused(error ?? response.statusText, response.status, isPassing ? wait : undefined)
}

/** The server's refusal where asking again would be refused again. */
export const finalRefusal = (error: unknown): Refused | undefined =>
  error instanceof Refused && error.retryAfter === undefined ? error : undefined
