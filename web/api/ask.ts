/** What the server said instead of an answer. */
export class Refused extends Error {
  /** 0 when it did not answer at all. */
  readonly status: number
  /** Why, as `shared/oversight/refusal.ts` lists it. */
  readonly code: string | undefined
  /** The field that is wrong. */
  readonly path: string | undefined
  /** Seconds after which to come again; 0: it was not told. */
  readonly wait: number

  constructor(status: number, { error = '', path, code, wait = 0 }: Said = {}) {
    super(error)
    this.status = status
    this.code = code
    this.path = path
    this.wait = wait
  }

  /** The same question may be answered later. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500
  }
}

interface Said {
  error?: string | undefined
  path?: string | undefined
  code?: string | undefined
  wait?: number
}

/** Milliseconds. */
const PATIENCE = 20_000
/** Ten megabytes over a slow line. */
const FILES = 300_000

/** Asks below `/api/v1`. Throws a `Refused`. */
export const read = <Answer>(path: string, signal?: AbortSignal): Promise<Answer> =>
  answerOf(path, signal ? { signal } : {})

/** Tells a route that makes no act, and needs no key. Throws a `Refused`. */
export const tell = <Answer>(path: string, method: string, form?: object): Promise<Answer> =>
  answerOf(path, {
    method,
    ...(form && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(form),
    }),
  })

/** Does what a form says, once however often it is sent with its key. Throws a `Refused`. */
export const send = <Answer>(path: string, key: string, form: object): Promise<Answer> =>
  answerOf(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(form),
  })

/** Brings a file, as it is. Throws a `Refused`. */
export const bring = (file: Blob): Promise<{ hash: string; type: string }> =>
  bringTo('/attachments', file)

/** The same, to another address. */
export const bringTo = <Answer>(path: string, file: Blob): Promise<Answer> =>
  answerOf(path, { method: 'POST', body: file }, FILES)

async function answerOf<Answer>(
  path: string,
  init: RequestInit,
  patience = PATIENCE,
): Promise<Answer> {
  const timeout = AbortSignal.timeout(patience)
  const signal = init.signal ? AbortSignal.any([init.signal, timeout]) : timeout
  const answer = await fetch(`/api/v1${path}`, { ...init, signal }).catch(() => {
    throw new Refused(0)
  })
  const said: unknown = await answer.json().catch(() => undefined)
  if (!answer.ok) {
    const wait = Number(answer.headers.get('retry-after') ?? 0)
    throw new Refused(answer.status, { ...(said as Said), wait })
  }
  // An answer that was cut off tells nothing of what was done.
  if (said === undefined) throw new Refused(0)
  return said as Answer
}
