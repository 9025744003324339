export { read as ask, Refused } from '../api/ask.ts'
import { Refused } from '../api/ask.ts'

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
    reject(new Refused(request.status, request.response ?? {}))
  }
  request.send(body)
  return promise
}
