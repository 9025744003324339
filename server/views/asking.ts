import type { Response } from 'express'
import { HttpError } from '../http/errors.ts'
import type { Asking } from './facts-desk.ts'

/** A connection on which nothing moves for a minute is closed: what takes longer would never arrive. */
export const PATIENCE = 50_000

/** Waits until the answer is sent, the reader is gone, or `patience` is over. */
export function askingFor(res: Response, patience: number): Asking {
  const gone = new AbortController()
  const timer = setTimeout(() => gone.abort(tookTooLong(patience)), patience)
  res.on('close', () => {
    clearTimeout(timer)
    gone.abort(new HttpError(503, 'Nobody waits for this answer any more.'))
  })
  return { signal: gone.signal }
}

/** Waits until `patience` is over, whoever reads the answer then. */
export function askingForMany(patience: number): Asking {
  const over = new AbortController()
  setTimeout(() => over.abort(tookTooLong(patience)), patience).unref()
  return { signal: over.signal }
}

const tookTooLong = (patience: number): HttpError =>
  new HttpError(
    503,
    `Counting this took more than ${patience / 1000} s and was stopped. Ask for a range that begins later, or when the server is less busy.`,
  )
