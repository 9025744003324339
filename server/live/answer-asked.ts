import type { Refusal } from '#shared/wire.ts'
import { latestOnly } from './latest-only.ts'
import { isFull, type LiveSocket } from './live-socket.ts'

interface Answering {
  /** Whether this page may have one more question answered now. */
  mayAsk: () => boolean
  /** What it throws is told as a refusal. */
  run: (wanted: unknown) => void | Promise<void>
  refusalFor: (error: unknown) => Refusal
}

interface Asked {
  wanted: unknown
  /** Nothing means yes. */
  answer: (refusal?: Refusal) => void
}

/** Answers an event of a socket with an ack: as often as it may, and of what has to wait only the latest. */
export function answerAsked(
  socket: LiveSocket,
  event: 'watch' | 'stream:follow' | 'records:follow',
  answering: Answering,
): void {
  // Most of thousands never ask: what answers them is made with the first question.
  let asking: ReturnType<typeof begin> | undefined
  socket.on(event, (wanted: unknown, ack: unknown) => {
    asking ??= begin(socket, answering)
    asking.ask({ wanted, answer: answerTo(ack) })
  })
}

function begin(socket: LiveSocket, { mayAsk, run, refusalFor }: Answering) {
  const asking = latestOnly<Asked>({
    mayRun: () => !isFull(socket) && mayAsk(),
    run: ({ wanted, answer }) =>
      void Promise.try(run, wanted).then(
        () => answer(),
        (error: unknown) => answer(refusalFor(error)),
      ),
    overtake: ({ answer }) => answer({ error: 'A later question has overtaken this one.' }),
  })
  socket.on('disconnect', asking.stop)
  return asking
}

/** Tells a page that wants to be told. */
function answerTo(ack: unknown): Asked['answer'] {
  return (refusal) => typeof ack === 'function' && ack(...(refusal ? [refusal] : []))
}
