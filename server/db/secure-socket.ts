import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { connect, type TLSSocket } from 'node:tls'

/** As libpq names them: without `verify` any certificate will do. */
export type Mode = 'prefer' | 'require' | 'verify-ca' | 'verify-full'

const modes: Readonly<Record<string, Mode>> = {
  allow: 'prefer',
  prefer: 'prefer',
  require: 'require',
  true: 'require',
  'verify-ca': 'verify-ca',
  'verify-full': 'verify-full',
}

/** What the URL of a database says of TLS; undefined is none. */
export function modeOf(url: string): Mode | undefined {
  const asked = new URL(url).searchParams
  if (asked.get('sslrootcert') === 'system') return 'verify-full'
  return modes[asked.get('sslmode') ?? asked.get('ssl') ?? '']
}

/** PostgreSQL's SSLRequest: its length and the number that says what it is. */
const REQUEST = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f])
const YES = 'S'.charCodeAt(0)

interface Options {
  host: string
  mode: Mode
}

/**
 * TLS as PostgreSQL negotiates it over a plain connection, and what is sent before that waits. The driver
 * could do it too, but tells of an error before the connection has ended (see `sockets.ts`); a stream does
 * both at once.
 */
export class SecureSocket extends Duplex {
  #plain: Socket
  #through: Socket | TLSSocket | undefined
  #begin: () => void = () => {}

  constructor(plain: Socket, { host, mode }: Options) {
    super({ allowHalfOpen: false })
    this.#plain = plain
    this.#follow(plain)
    plain.write(REQUEST)
    plain.once('readable', () => {
      const answer = plain.read(1) as Buffer | null
      if (!answer) return
      if (answer[0] === YES) this.#secure({ host, mode })
      else if (mode === 'prefer') this.#use(plain)
      else this.destroy(new Error('PostgreSQL does not offer TLS, which sslmode asks for.'))
    })
  }

  get readyState(): string {
    return this.destroyed ? 'closed' : 'open'
  }

  setKeepAlive(isOn: boolean, delay: number): void {
    this.#plain.setKeepAlive(isOn, delay)
  }

  #secure({ host, mode }: Options): void {
    const secure = connect({
      socket: this.#plain,
      servername: /^[\d.]+$|:/.test(host) ? '' : host,
      rejectUnauthorized: mode.startsWith('verify'),
      ...(mode === 'verify-ca' && { checkServerIdentity: () => undefined }),
    })
    this.#follow(secure)
    secure.once('secureConnect', () => this.#use(secure))
  }

  #follow(socket: Socket): void {
    socket.on('error', (error) => this.destroy(error))
    socket.on('close', () => this.destroy())
  }

  #use(socket: Socket): void {
    this.#through = socket
    socket.on('data', (bytes) => this.push(bytes) || socket.pause())
    this.#begin()
  }

  override _read(): void {
    this.#through?.resume()
  }

  override _write(bytes: Buffer, encoding: BufferEncoding, done: (error?: Error | null) => void) {
    if (this.#through) this.#through.write(bytes, encoding, done)
    else this.#begin = () => this._write(bytes, encoding, done)
  }

  override _final(done: () => void): void {
    this.#through?.end(done)
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#through?.destroy()
    this.#plain.destroy()
    done(error)
  }
}
