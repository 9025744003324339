import { expect, test } from 'vitest'
import { describeError } from '../../server/log.ts'
import { addSource } from '../../server/sources/sources.ts'
import { freshDatabase } from '../support/database.ts'
import { ndjson, ticket } from '../support/events.ts'
import { askToWatch, rawSocket } from '../support/raw-socket.ts'
import { serverProcess } from '../support/server-process.ts'

interface Line {
  id?: string
  route?: string
  status?: number
  msg: string
}

const linesOf = (output: string): Line[] =>
  output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line)

test('the log tells of each request its id, route, status and time, and nothing of the person', async () => {
  await using database = await freshDatabase()
  const { key } = await addSource(database.db, { name: 'secret-source', kind: 'hotline' })
  await using server = serverProcess({
    DATABASE_URL: database.url,
    LOG_LEVEL: 'trace',
    TRUST_PROXY: '1',
    METRICS_TOKEN: 'secret-metrics-token',
  })
  const origin = await server.origin()
  const personal = {
    'user-agent': 'secret-agent',
    'x-forwarded-for': '198.51.100.77',
    cookie: 'session=secret-cookie',
    referer: 'https://secret-referer.example/',
  }
  const send = async (path: string, init: RequestInit = {}) => {
    const headers = { ...personal, ...(init.headers as Record<string, string>) }
    const answer = await fetch(origin + path, { ...init, headers })
    await answer.arrayBuffer()
    return answer
  }
  const post = (body: string, headers: Record<string, string> = {}) =>
    send('/api/v1/events', {
      method: 'POST',
      body,
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/x-ndjson',
        ...headers,
      },
    })

  await post(ndjson(ticket({ summary: 'secret-summary', id: 'secret-id' })))
  await post('{"type":"ticket","summary":"secret-broken')
  await post(ndjson(ticket()), { authorization: 'Bearer secret-wrong-key' })
  await post('[{"a":1}', { 'content-type': 'application/json' })
  await send('/api/v1/view?measures=received&window=24h&area=secret-area')
  await send('/api/v1/view?measures=secret-measure&window=24h')
  await send('/secret-path/secret-person?q=secret-query')
  await send('/%E0%A4%A', {})
  await send('/metrics', { headers: { authorization: 'Bearer secret-metrics-guess' } })
  const traced = await send('/api/v1/deployment', { headers: { 'x-request-id': 'trace-0815' } })
  const untraced = await send('/api/v1/deployment', { headers: { 'x-request-id': 'secret id;\t' } })
  using raw = await rawSocket(origin, personal)
  await askToWatch(raw, [{ measures: ['received'], window: '24h', filters: { area: ['secret'] } }])
  // A failure of ours, with what PostgreSQL says about the row.
  await database.sql`alter table ticket add constraint refusing check (summary not like 'secret-r%')`
  const failed = await fetch(`${origin}/api/v1/events`, {
    method: 'POST',
    body: ndjson(ticket({ summary: 'secret-refused-by-the-database' })),
    headers: {
      ...personal,
      authorization: `Bearer ${key}`,
      'content-type': 'application/x-ndjson',
    },
  })
  const { requestId } = (await failed.json()) as { requestId: string }
  await server.stop('SIGTERM')

  expect(server.output).not.toContain('198.51.100.77')
  expect(server.output).not.toContain('127.0.0.1')
  expect(server.output).not.toMatch(/secret(?!ariat)/)
  expect(server.output).not.toContain(key)

  const lines = linesOf(server.output)
  const requests = lines.filter(({ msg }) => msg === 'request')
  expect(requests.map(({ route, status }) => [route, status])).toEqual([
    ['/api/v1/events', 200],
    ['/api/v1/events', 400],
    ['/api/v1/events', 401],
    ['/api/v1/events', 400],
    ['/api/v1/view', 403],
    ['/api/v1/view', 400],
    ['none', 404],
    ['none', expect.any(Number)],
    ['/metrics', 401],
    ['/api/v1/deployment', 200],
    ['/api/v1/deployment', 200],
    ['/api/v1/events', 503],
  ])
  expect(requests[0]).toEqual({
    level: 30,
    time: expect.any(Number),
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    method: 'POST',
    route: '/api/v1/events',
    status: 200,
    ms: expect.any(Number),
    bytes: expect.any(Number),
    msg: 'request',
  })
  expect(traced.headers.get('x-request-id')).toBe('trace-0815')
  expect(lines.some(({ id }) => id === 'trace-0815')).toBe(true)
  expect(untraced.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  expect(requestId).toBe(failed.headers.get('x-request-id'))
  const failure = lines.find(({ msg }) => msg === 'a body was not taken to its end')
  expect(failure).toMatchObject({
    id: requestId,
    err: {
      type: 'PostgresError',
      code: '23514',
      constraint_name: 'refusing',
      table_name: 'ticket',
    },
  })
})

test('an error is described without what it quotes', async () => {
  await using database = await freshDatabase()
  const describe = async (run: () => unknown): Promise<string> => {
    try {
      return String(await run())
    } catch (error) {
      return JSON.stringify(describeError(error))
    }
  }
  const thrown = (error: unknown) => () => {
    throw error
  }

  const said = [
    await describe(() => JSON.parse('{"name":"secret')),
    await describe(() => database.sql`select ${'secret'}::text::int`),
    await describe(thrown(new Error('It went wrong.', { cause: new SyntaxError('secret') }))),
    await describe(thrown('secret')),
  ]

  expect(said.join()).not.toContain('secret')
  expect(said[1]).toContain('22P02')
  expect(said[2]).toContain('It went wrong.')
})
