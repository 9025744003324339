import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runningApp } from '../../support/app.ts'

let app: Awaited<ReturnType<typeof runningApp>>

beforeAll(async () => {
  app = await runningApp()
})
afterAll(() => app[Symbol.asyncDispose]())

/** What the server answers to these very bytes; it must hang up by itself, or be told to. */
async function answerTo(bytes: string | Buffer) {
  const socket = connect(Number(new URL(app.origin).port), '127.0.0.1')
  socket.write(bytes)
  const answer = await text(socket)
  const [head = '', ...rest] = answer.split('\r\n\r\n')
  // It may come in chunks, whose sizes stand around it.
  const [body = ''] = /\{.*\}/s.exec(rest.join('')) ?? []
  const status = Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1])
  const isJson = /content-type: application\/json/i.test(head)
  return { status, isJson, body: JSON.parse(body) as object }
}

const get = (target: string, headers = '') =>
  `GET ${target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${headers}\r\n`

test.each<[string, string | Buffer, number]>([
  ['that is no HTTP', 'hello\r\n\r\n', 400],
  ['that is TLS', Buffer.from('16030100c8010000c40303', 'hex'), 400],
  ['with a method that is none', 'STEAL / HTTP/1.1\r\nhost: x\r\n\r\n', 400],
  ['for a target that is none', get('http://['), 400],
  ['for a target without a slash', get('api/v1/view'), 400],
  ['for everything', 'OPTIONS * HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', 400],
  ['for another scheme', get('file:///etc/passwd'), 400],
  ['for a file above', get('/../../../etc/passwd'), 404],
  ['for a file above, encoded', get('/..%2f..%2f..%2fetc%2fpasswd'), 404],
  ['for a route that cannot be decoded', get('/api/v1/%E0%A4%A'), 404],
  ['for an address of 10,000 characters', get(`/${'x'.repeat(10_000)}`), 404],
  ['with headers of 100 kB', get('/livez', `x: ${'y'.repeat(100_000)}\r\n`), 431],
  ['with 5,000 headers', get('/livez', 'x: y\r\n'.repeat(5000)), 431],
  ['with NUL in a header', get('/livez', 'x: a\0b\r\n'), 400],
  [
    'with two lengths',
    'POST /api/v1/events HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab',
    400,
  ],
  [
    'with a length and chunks',
    'POST /api/v1/events HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    400,
  ],
  [
    'with a chunk of no size',
    'POST /api/v1/view HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n',
    400,
  ],
  [
    'for its own headers back',
    'TRACE / HTTP/1.1\r\nhost: x\r\ncookie: a=b\r\nconnection: close\r\n\r\n',
    404,
  ],
  ['for a list of files', get('/assets/'), 404],
  ['without a host', 'GET /livez HTTP/1.1\r\n\r\n', 400],
  ['for sockets without a WebSocket', get('/socket.io/?EIO=4&transport=polling'), 400],
  ['for a question of a million letters', get(`/api/v1/view?measures=${'x'.repeat(15_000)}`), 400],
  ['for the prototype', get('/api/v1/view?measures=__proto__&window=24h'), 400],
  [
    'that filters by the prototype',
    get('/api/v1/view?measures=received&window=24h&__proto__=x'),
    400,
  ],
])('I11: a request %s is answered in JSON', async (_, bytes, status) => {
  const answer = await answerTo(bytes)

  expect(answer.status).toBe(status)
  expect(answer.isJson).toBe(true)
  expect(JSON.stringify(answer.body).length).toBeLessThan(1000)
  expect((await app.get('/livez')).status).toBe(200)
})
