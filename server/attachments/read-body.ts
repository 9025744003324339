import type { IncomingMessage } from 'node:http'
import { HttpError } from '../http/errors.ts'

/** Bytes. */
export const LARGEST = 10 * 2 ** 20
/** Milliseconds in which a body must have come. */
const PATIENCE = 120_000

/** The whole body; holds at most so many bytes, whatever its header says. Throws a 400, 411, 413 or 415. */
export async function readBody(req: IncomingMessage, most = LARGEST): Promise<Buffer> {
  requireAnnounced(req, most)
  const timer = setTimeout(() => req.destroy(), PATIENCE)
  const body = await collect(req, most)
    .catch((error: unknown) => {
      throw error instanceof HttpError
        ? error
        : new HttpError(400, 'The file did not come whole.', { code: 'file.broken' })
    })
    .finally(() => clearTimeout(timer))
  if (body.length === 0) throw new HttpError(400, 'The file is empty.', { code: 'file.broken' })
  return body
}

async function collect(req: IncomingMessage, most: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of req as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > most) throw tooLarge(most)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Node itself refuses a body that is longer or shorter than it was announced. */
function requireAnnounced({ headers }: IncomingMessage, most: number): void {
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw new HttpError(415, 'Send the file as it is, without Content-Encoding.')
  }
  const length = headers['content-length']
  if (length === undefined)
    throw new HttpError(411, 'Say with Content-Length how long the file is.')
  if (Number(length) > most) throw tooLarge(most)
}

const tooLarge = (most: number): HttpError =>
  new HttpError(413, `A file may have at most ${most / 2 ** 20} MB.`)
