import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  STATUS_CODES,
} from 'node:http'
import type { Duplex } from 'node:stream'
import { codeOf } from './code-of.ts'

const STATUS: Record<string, number> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
}

const SENTENCES: Record<number, string> = {
  408: 'The request took too long.',
  431: 'The headers are too large.',
}

/** An HTTP server that answers in JSON also to what no route ever sees. */
export function serverOf(listener: RequestListener): Server {
  // Node would refuse a request without a host itself, and say nothing.
  const http = createServer({ requireHostHeader: false }, (req, res) => {
    if (isTarget(req.url) && isNamed(req)) return listener(req, res)
    const body = JSON.stringify({
      error: 'The request names no address of this server.',
      code: codeOf(400),
    })
    const headers = { 'content-type': 'application/json', 'content-length': body.length }
    res.writeHead(400, { ...headers, connection: 'close' }).end(body)
  })
  return http.on('clientError', refuse)
}

/** HTTP 1.0 knows no `Host`. */
const isNamed = ({ headers, httpVersion }: IncomingMessage): boolean =>
  headers.host !== undefined || httpVersion === '1.0'

/** A path, or an address with one; `*` and `host:port` are for other methods than ours. */
function isTarget(url = ''): boolean {
  if (url.startsWith('/')) return true
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)
}

function refuse(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy()
  const status = STATUS[error.code ?? ''] ?? 400
  const body = JSON.stringify({
    error: SENTENCES[status] ?? 'This is not HTTP as it should be.',
    code: codeOf(status),
  })
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/json',
    `content-length: ${body.length}`,
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}
