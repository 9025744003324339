/** What the server refused, in its words; `status` 0 when it did not answer. */
export class Refused extends Error {
  readonly status: number
  /** The field that is wrong. */
  readonly path: string

  constructor(status: number, message = '', path = '') {
    super(message)
    this.status = status
    this.path = path
  }
}

const UNANSWERED = 30_000

/** Asks below `/api/v1`. Throws a `Refused`. */
export async function ask<Answer>(path: string, signal?: AbortSignal): Promise<Answer> {
  return answered(path, signal ? { signal } : {})
}

/** Sends JSON under a key: the same key does it once. Throws a `Refused`. */
export async function send<Answer>(path: string, body: object, key: string): Promise<Answer> {
  const headers = { 'content-type': 'application/json', 'idempotency-key': key }
  return answered(path, { method: 'POST', headers, body: JSON.stringify(body) })
}

async function answered<Answer>(path: string, request: RequestInit): Promise<Answer> {
  const signals = [AbortSignal.timeout(UNANSWERED), ...(request.signal ? [request.signal] : [])]
  const answer = await fetch(`/api/v1${path}`, {
    ...request,
    signal: AbortSignal.any(signals),
  }).catch(() => {
    throw new Refused(0)
  })
  const said = await answer.json().catch(() => undefined)
  if (answer.ok && said !== undefined) return said as Answer
  // An answer that was cut off tells nothing of what was done.
  if (answer.ok) throw new Refused(0)
  const { error, path: field } = (said ?? {}) as { error?: string; path?: string }
  throw new Refused(answer.status, error, field)
}

export interface Attachment {
  hash: string
  type: string
  bytes: number
}

/** Sends a file as it is; `onPart` is told how much of it has left, from 0 to 1. Throws a `Refused`. */
export function sendFile(
  body: Blob,
  { kind, onPart }: { kind: 'file' | 'picture'; onPart?: (part: number) => void },
): Promise<Attachment> {
  const { promise, resolve, reject } = Promise.withResolvers<Attachment>()
  const request = new XMLHttpRequest()
  request.open('POST', `/api/v1/attachments${kind === 'picture' ? '?kind=picture' : ''}`)
  request.setRequestHeader('idempotency-key', crypto.randomUUID())
  request.responseType = 'json'
  request.upload.onprogress = ({ loaded, total }) => onPart?.(loaded / total)
  request.onerror = () => reject(new Refused(0))
  request.onload = () => {
    if (request.status === 201) return resolve(request.response as Attachment)
    const { error } = (request.response ?? {}) as { error?: string }
    reject(new Refused(request.status, error))
  }
  request.send(body)
  return promise
}
