import type { Response } from 'express'
import type { Logger } from 'pino'
import { HttpError } from '../http/errors.ts'

/** Time between two lines that tell the progress. */
const EVERY = 400

interface Told {
  res: Response
  log: Logger
  ask: (onProgress: (share: number) => void) => Promise<unknown>
}

/**
 * Answers in lines of JSON: `{"progress":0.42}` more than twice a second while the facts are read, then
 * `{"answer":…}`, or `{"error":…,"status":…}` when it fails after the status 200 was sent.
 */
export async function streamAnswer({ res, log, ask }: Told): Promise<void> {
  let progress = 0
  const tell = (line: object) => res.write(`${JSON.stringify(line)}\n`)
  res.type('application/x-ndjson')
  // A proxy must not keep the lines back.
  res.set('x-accel-buffering', 'no').flushHeaders()
  const timer = setInterval(() => tell({ progress }), EVERY)
  try {
    const answer = await ask((share) => (progress = Math.floor(share * 1000) / 1000))
    tell({ answer })
  } catch (error) {
    tell(refusalOf(error, log))
  } finally {
    clearInterval(timer)
    res.end()
  }
}

function refusalOf(error: unknown, log: Logger): object {
  if (error instanceof HttpError) return { ...error.refusal, status: error.status }
  log.error({ err: error }, 'a view could not be answered')
  return { error: 'Something went wrong on our side.', status: 500 }
}
