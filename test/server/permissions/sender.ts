import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

export interface Answer {
  status: number
  code: string | undefined
  error: string | undefined
}

const IN_FLIGHT = 24

/** Sends as our own page does, over bare connections that stay open: twenty thousand requests are much to a client. */
export function sender(origin: string) {
  const { hostname, port, host } = new URL(origin)
  const idle: Line[] = []
  const all: Line[] = []

  async function open(): Promise<Line> {
    const socket = connect(Number(port), hostname)
    await once(socket, 'connect')
    const line = lineOver(socket.setNoDelay())
    all.push(line)
    return line
  }

  async function send(path: string, body: object, cookie: string | undefined): Promise<Answer> {
    const text = JSON.stringify(body)
    const line = idle.pop() ?? (await open())
    const answer = await line.ask(
      [
        `POST ${path} HTTP/1.1`,
        ...[`host: ${host}`, `origin: ${origin}`, 'content-type: application/json'],
        ...[`content-length: ${Buffer.byteLength(text)}`, `idempotency-key: ${randomUUID()}`],
        ...(cookie === undefined ? [] : [`cookie: ${cookie}`]),
        ...['', text],
      ].join('\r\n'),
    )
    idle.push(line)
    return answer
  }

  return { send, [Symbol.dispose]: () => all.forEach(({ socket }) => socket.destroy()) }
}

type Line = ReturnType<typeof lineOver>

/** One question at a time; an answer has a length, as all of ours have. */
function lineOver(socket: Socket) {
  let come = ''
  let waiting: PromiseWithResolvers<Answer> | undefined
  socket.setEncoding('latin1').on('data', (piece: string) => {
    come += piece
    const answer = answerIn(come)
    if (!answer) return
    come = ''
    waiting!.resolve(answer)
  })
  for (const end of ['error', 'close'] as const) {
    socket.on(end, () => waiting?.reject(new Error(`the connection ended: ${come.slice(0, 200)}`)))
  }
  return {
    socket,
    ask(request: string): Promise<Answer> {
      waiting = Promise.withResolvers<Answer>()
      socket.write(request)
      return waiting.promise
    },
  }
}

/** Undefined as long as it has not come whole. */
function answerIn(come: string): Answer | undefined {
  const end = come.indexOf('\r\n\r\n')
  const length = /^content-length: (\d+)/im.exec(come.slice(0, Math.max(0, end)))?.[1]
  if (end === -1 || come.length < end + 4 + Number(length)) return undefined
  const body = Buffer.from(come.slice(end + 4), 'latin1').toString()
  const { code, error } = JSON.parse(body) as Partial<Answer>
  return { status: Number(come.slice(9, 12)), code, error }
}

/** Does it for each, so many at once. */
export async function forEach<T>(
  all: readonly T[],
  work: (one: T) => Promise<void>,
): Promise<void> {
  const rest = all[Symbol.iterator]()
  const worker = async () => {
    for (const one of rest) await work(one)
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker))
}
