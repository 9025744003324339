import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** The least that sends requests and reads answers: what is measured is the server, not its client. */
export class Connection {
  readonly #socket: Socket
  readonly #head: string
  #answered: ((status: number) => void) | undefined
  #failed: ((error: Error) => void) | undefined
  #heard = ''

  /** HTTP/1.1 (RFC 9112), kept open; the answers must carry their length. */
  static async open(origin: string, head: readonly string[]): Promise<Connection> {
    const { hostname, port, host } = new URL(origin)
    const socket = connect(Number(port), hostname)
    socket.setNoDelay(true)
    await once(socket, 'connect')
    return new Connection(socket, ['POST /api/v1/events HTTP/1.1', `host: ${host}`, ...head])
  }

  private constructor(socket: Socket, head: readonly string[]) {
    this.#socket = socket
    this.#head = head.join('\r\n') + '\r\ncontent-length: '
    socket.setEncoding('latin1')
    socket.on('data', (text: string) => this.#onData(text))
    socket.on('error', (error) => this.#failed?.(error))
    socket.on('close', () => this.#failed?.(new Error('The server hung up.')))
  }

  /** Resolves to the status when the whole answer has been read. One at a time. */
  post(body: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#answered = resolve
      this.#failed = reject
      this.#socket.write(`${this.#head}${Buffer.byteLength(body)}\r\n\r\n${body}`)
    })
  }

  close(): void {
    this.#socket.destroy()
  }

  #onData(text: string): void {
    this.#heard += text
    const end = this.#heard.indexOf('\r\n\r\n')
    if (end < 0) return
    const length = Number(/content-length: (\d+)/i.exec(this.#heard)?.[1])
    if (Number.isNaN(length)) this.#failed?.(new Error('An answer does not say how long it is.'))
    if (this.#heard.length < end + 4 + length) return
    const status = Number(this.#heard.slice(9, 12))
    this.#heard = ''
    this.#answered?.(status)
  }
}
