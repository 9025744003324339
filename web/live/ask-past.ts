import type { At, Basis, ViewSpec, ViewState } from '#shared/view.ts'
import type { Refusal } from '#shared/wire.ts'
import { viewQuery } from './view-query.ts'

/** What the server answers when it is asked once. */
export interface PastView extends Omit<ViewState, 'id'> {
  at: At
  asOf: string
  basis: Basis
}

export interface Asking {
  /** Undefined: as it is now. */
  at: At | undefined
  signal: AbortSignal
  /** Told which share of the stored tickets is read, where they have to be. */
  onProgress: (share: number) => void
}

/** A line of the answer. */
type Line = { progress: number } | { answer: PastView } | (Refusal & { status: number })

/** The server's refusal; `isFinal` when asking again would be refused again. */
export class Refused extends Error {
  readonly refusal: Refusal
  readonly isFinal: boolean

  constructor(refusal: Refusal, status: number) {
    super(refusal.error)
    this.refusal = refusal
    this.isFinal = status < 500 && status !== 429
  }
}

/** Asks for a view, and follows the progress. Throws `Refused`, or what the network says. */
export async function askPast(
  spec: ViewSpec,
  { at, signal, onProgress }: Asking,
): Promise<PastView> {
  const headers = { accept: 'application/x-ndjson' }
  const response = await fetch(`/api/v1/view?${viewQuery(spec, at)}`, { headers, signal })
  if (!response.ok) throw new Refused((await response.json()) as Refusal, response.status)
  for await (const line of linesOf(response.body!)) {
    if ('progress' in line) onProgress(line.progress)
    else if ('answer' in line) return line.answer
    else throw new Refused(line, line.status)
  }
  throw new Error('The answer was cut off.')
}

async function* linesOf(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<Line> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      const lines = (rest + value).split('\n')
      rest = lines.pop()!
      for (const line of lines) yield JSON.parse(line) as Line
    }
  } finally {
    await reader.cancel()
  }
}
