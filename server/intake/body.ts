import type { IncomingMessage } from 'node:http'
import { Readable, Transform } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { HttpError } from '../http/errors.ts'
import { splitArray, splitLines, type Splitter } from './split.ts'

/** A body may unpack to this many bytes, and beyond that to this many times its size. */
const FREE = 16 * 1024 * 1024
const MAX_RATIO = 100

/** The body's bytes, unpacked. Throws a 413 while reading when it is a gzip bomb. */
export function bodyOf(req: IncomingMessage): Readable {
  const encoding = (req.headers['content-encoding'] ?? 'identity').toLowerCase()
  if (encoding === 'identity') return req
  if (encoding !== 'gzip') throw new HttpError(415, 'Content-Encoding may be gzip or identity.')

  let packed = 0
  req.on('data', (chunk: Buffer) => (packed += chunk.length))
  const gunzip = createGunzip()
  const guard = ratioGuard(() => packed)
  const fail = (error: Error) => guard.destroy(error)
  gunzip.on('error', () => fail(new HttpError(400, 'The body is not valid gzip.')))
  req.on('error', fail).on('aborted', () => fail(new Error('The client went away.')))
  return req.pipe(gunzip).pipe(guard)
}

function ratioGuard(packed: () => number): Transform {
  let unpacked = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      unpacked += chunk.length
      const isBomb = unpacked > FREE && unpacked > MAX_RATIO * packed()
      done(
        isBomb ? new HttpError(413, 'The body unpacks to far more than it should.') : null,
        chunk,
      )
    },
  })
}

/** How the body is cut into events. Throws a 415 for a type that holds none. */
export function splitterOf(req: IncomingMessage): Splitter {
  const type = (req.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase()
  if (type === 'application/x-ndjson') return splitLines()
  if (type === 'application/json') return splitArray()
  throw new HttpError(415, 'Content-Type must be application/x-ndjson or application/json.')
}
