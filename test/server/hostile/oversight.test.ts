import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { invite } from '../../../server/accounts/invite.ts'
import { type Route, routesOf } from '../../support/routes.ts'
import { appointing } from '../../support/asker.ts'
import { suggestion } from '../../support/suggesting.ts'
import { bodyOf, codeOf, visitorOf } from '../accounts/visitor.ts'
import { account, appoint, type City, openCity, sessionOf } from '../permissions/place.ts'

let city: City
/** All that write; those that take keys of sources or admins instead of sessions do not fear a browser. */
let writing: Route[]
let reading: Route[]
const withKeys = ['/api/v1/events', '/api/v1/admin/policy']

beforeAll(async () => {
  city = await openCity()
  const all = routesOf(city.app.web)
  reading = all.filter(({ method }) => method === 'GET')
  writing = all.filter(({ method }) => !['GET', 'HEAD', 'OPTIONS'].includes(method))
  const held = { isLimited: false, term: 'in its middle', standing: 'appointed' } as const
  for (const [person, roles] of [
    ['everything', ['observer', 'official', 'secretariat']],
    ['mei', ['observer']],
    ['aki', ['observer']],
    ['olga', ['official']],
    ['omar', ['official']],
  ] as const) {
    await account(city, person)
    await appoint(city, person, { ...held, roles })
  }
})
afterAll(() => city[Symbol.asyncDispose]())

const cookies = new Map<string, Promise<string>>()
const cookieFor = (person: string) =>
  cookies.getOrInsertComputed(person, () => sessionOf(city, person, 'signed in'))

interface Sent {
  as?: string
  body?: string | Uint8Array<ArrayBuffer>
  headers?: Record<string, string>
  id?: string
}

/** As our own page would send it, but for what is told otherwise; after something was done, in a new session. */
async function send({ method, path }: Route, { as, body, headers, id = '1' }: Sent = {}) {
  const answer = await fetch(city.origin + path.replaceAll(/:\w+/g, encodeURIComponent(id)), {
    method,
    body: body ?? null,
    headers: {
      origin: city.origin,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
      ...(as !== undefined && { cookie: await cookieFor(as) }),
      ...headers,
    },
  }).catch((error: Error) => ({ ok: false, status: error.message, text: async () => '' }))
  if (answer.ok && method !== 'GET') cookies.clear()
  return { status: answer.status, text: await answer.text() }
}

const post = async (as: string, path: string, body: object, headers = {}) => {
  const asked = { as, body: JSON.stringify(body), headers }
  const { status, text } = await send({ method: 'POST', path: `/api/v1${path}` }, asked)
  return { status, body: JSON.parse(text) }
}

const stored = async (): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select ((select count(*) from act) + (select count(*) from person)
      + (select count(*) from invitation) + (select count(*) from attachment))::int as n
  `.execute(city.db)
  return rows[0]!.n
}

test('the router tells of every writing route there is', () => {
  const paths = writing.map(({ method, path }) => `${method} ${path}`)
  for (const known of [
    ...withKeys.map((path) => `${path.endsWith('events') ? 'POST' : 'PUT'} ${path}`),
    'POST /api/v1/flags',
    'POST /api/v1/flags/:id/answer',
    'POST /api/v1/suggestions/:id/transfer',
    'POST /api/v1/appointments/:id/revocation',
    'POST /api/v1/attachments',
    'POST /api/v1/account/sign-in/password',
    'DELETE /api/v1/account/passkeys/:id',
    'PATCH /api/v1/account',
  ]) {
    expect(paths).toContain(known)
  }
  expect(paths.length).toBeGreaterThan(45)
})

test('no other site makes a browser write, on any route', async () => {
  const before = await stored()
  const foreign: Record<string, Record<string, string>> = {
    'another origin': { origin: 'https://elsewhere.example' },
    'an origin that begins like ours': { origin: `${city.origin}.elsewhere.example` },
    'no origin to speak of': { origin: 'null' },
    'another site': { 'sec-fetch-site': 'cross-site' },
    'another host of the same site': { 'sec-fetch-site': 'same-site' },
    'nothing typed': { 'sec-fetch-site': 'none' },
    'a form': {
      origin: 'https://elsewhere.example',
      'content-type': 'application/x-www-form-urlencoded',
    },
  }
  const bySignature = ['/api/v1/events', '/ledger/cosignatures']
  for (const route of writing.filter(({ path }) => !bySignature.includes(path))) {
    for (const [name, headers] of Object.entries(foreign)) {
      const { status } = await send(route, { as: 'everything', body: '{}', headers })
      expect(status, `${route.path} from ${name}`).toBe(403)
    }
  }
  expect(await stored()).toBe(before)
})

test('what only reads changes nothing, whoever asks for it', async () => {
  const before = await stored()
  expect(reading.length).toBeGreaterThan(45)
  await Promise.all(
    reading.flatMap((route) => [send(route, { as: 'everything' }), send(route, { as: 'mei' })]),
  )
  expect(await stored()).toBe(before)
})

test('every route that the router tells of is reached by its path', async () => {
  const unreached: string[] = []
  for (const route of [...reading, ...writing]) {
    const { text } = await send(route)
    if (text.includes('There is nothing at this address.')) unreached.push(route.path)
  }
  expect(unreached).toEqual([])
})

const deep = 2 ** 15
const bodies: Record<string, Sent> = {
  nothing: {},
  'half of an object': { body: '{"a":' },
  'an array': { body: '[]' },
  'a number': { body: '1' },
  'three megabytes': { body: JSON.stringify({ text: 'x'.repeat(3 * 2 ** 20) }) },
  'arrays in arrays': { body: `${'['.repeat(deep)}${']'.repeat(deep)}` },
  'keys of prototypes': {
    body: '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}},"toString":1}',
  },
  NUL: { body: JSON.stringify({ reason: 'a\0b', text: 'a\0b', token: '\0', email: '\0' }) },
  'what is no UTF-8': { body: new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]) },
  'a form': {
    body: 'reason=a&text=a',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  },
  'plain text that is JSON': {
    body: '{"reason":"a","text":"a"}',
    headers: { 'content-type': 'text/plain' },
  },
  'a charset that nobody has': {
    body: '{}',
    headers: { 'content-type': 'application/json; charset=klingon' },
  },
  'what is said to be packed': { body: '{}', headers: { 'content-encoding': 'gzip' } },
  'a long id': { body: '{}', id: 'x'.repeat(10_000) },
  'an id beyond all numbers': { body: '{}', id: '9'.repeat(40) },
  'an id that is code': { body: '{}', id: "1' or '1'='1" },
  'an id with NUL': { body: '{}', id: '1\0' },
  'a path up': { body: '{}', id: '../../admin/policy' },
  'a huge key': { body: '{}', headers: { 'idempotency-key': 'x'.repeat(100_000) } },
  'a key that is none': { body: '{}', headers: { 'idempotency-key': 'again' } },
}

/** Forms that need no script say it on a page, all else in JSON. */
const why = ({ path }: Route, text: string): unknown =>
  path.endsWith('/form') && text.startsWith('<')
    ? /<h1>([^<]+)/.exec(text)?.[1]
    : JSON.parse(text).error

test.each(Object.entries(bodies))(
  'I11: %s does nothing on any route, and says why',
  async (name, sent) => {
    const before = await stored()
    for (const route of writing) {
      const { status, text } = await send(route, { as: 'everything', ...sent })
      const where = `${name} to ${route.method} ${route.path}: ${status} ${text.slice(0, 200)}`
      expect(status, where).toBeTypeOf('number')
      expect(Number(status), where).toBeLessThan(500)
      if (Number(status) >= 400) expect(why(route, text), where).toBeTypeOf('string')
      const said = text.replace(/<style>.*<\/style>/s, '')
      expect(said, where).not.toMatch(/at .*\.[jt]s:\d+|node_modules|select |Kysely|SQLSTATE/)
    }
    expect(await stored()).toBe(before)
    expect(({} as Record<string, unknown>).isAdmin).toBeUndefined()
  },
  60_000,
)

test.each([
  ['PATCH', '/account', { name: 'a\0b' }],
  ['POST', '/account/invitations', { name: 'a\0b', email: 'nul@example.org' }],
  ['POST', '/account/invitations', { name: 'Rui', email: 'a\0b@example.org' }],
  ['POST', '/account/recoveries', { personId: 'mei\0' }],
  ['POST', '/account/sign-outs', { personId: 'mei\0' }],
  ['POST', '/appointments/1/name', { name: 'a\0', isPseudonym: false }],
  ['POST', '/account/sign-in/password', { email: 'a\0b@example.org', password: 'a\0b' }],
  ['POST', '/account/sign-in/code', { code: '12345\u0000' }],
  ['POST', '/account/welcome', { token: '\0' }],
  ['POST', '/account/welcome/password', { token: '\0', password: 'tide tables\0and lanterns' }],
  ['POST', '/appointments', { ...appointing('rui\0') }],
  ['POST', '/suggestions', { ...suggestion({ agency: 'PWD\0' }) }],
  ['POST', '/flags', { claim: { kind: 'number', measure: 'open\0' }, kind: 'slow', text: 'a' }],
  ['POST', '/templates', { agency: 'PWD', language: 'en', name: 'a\0', text: 'a' }],
  ['POST', '/account/passkeys', { response: {}, name: 'a\0' }],
])('I11: %s %s with NUL in %j is refused as what it is', async (method, path, form) => {
  const asked = { as: 'everything', body: JSON.stringify(form) }
  const { status, text } = await send({ method, path: `/api/v1${path}` }, asked)
  expect([400, 401, 403, 404, 410], text).toContain(status)
})

const claim = {
  kind: 'number',
  measure: 'open',
  about: { agency: null, area: null, category: null },
}
const flag = { claim, kind: 'slow', text: 'a', language: 'en' }

/** Opens a flag on something of an agency; answers its id. */
async function opened(as: string): Promise<number> {
  const about = { ...claim.about, agency: city.ids.PWD }
  const { body } = await post(as, '/flags', { ...flag, claim: { ...claim, about } })
  return body.flag.id
}

const statuses = (answers: readonly { status: unknown }[]) =>
  answers.map(({ status }) => status).sort()

test('of two acts at once that do not go together one is done, and the other is told why', async () => {
  const id = await opened('mei')
  const answer = (as: string) => post(as, `/flags/${id}/answer`, { text: `By ${as}.`, version: 1 })
  expect(statuses(await Promise.all([answer('olga'), answer('omar')]))).toEqual([200, 409])

  const ends = [
    post('mei', `/flags/${id}/acceptance`, {}),
    post('mei', `/flags/${id}/withdrawal`, { reason: 'a' }),
  ]
  expect(statuses(await Promise.all(ends))).toEqual([200, 409])

  const place = { agency: 'PWD', area: null, category: null }
  const text = { target: 'service', title: 'a', text: 'a', why: 'a', language: 'en' }
  const made = await post('mei', '/suggestions', { ...text, ...place })
  const endorse = () => post('aki', `/suggestions/${made.body.suggestion.id}/endorsements`, {})
  expect(statuses(await Promise.all([endorse(), endorse(), endorse()]))).toEqual([200, 409, 409])
})

test('a key of somebody else stands for nothing of theirs', async () => {
  const key = randomUUID()
  const mine = await post('mei', '/flags', flag, { 'idempotency-key': key })
  const theirs = await post('aki', '/flags', flag, { 'idempotency-key': key })
  expect(mine.status).toBe(201)
  expect(theirs).toMatchObject({ status: 201, body: { isRepeated: false } })
  expect(theirs.body.flag.id).not.toBe(mine.body.flag.id)
})

test('the id of another noun is the id of nothing', async () => {
  const id = await opened('mei')
  for (const [as, path, form] of [
    ['olga', `/suggestions/${id}/review`, {}],
    ['aki', `/suggestions/${id}/endorsements`, {}],
    ['olga', `/templates/${id}/retirement`, {}],
    ['everything', `/appointments/${id}/revocation`, { reason: 'a' }],
  ] as const) {
    expect((await post(as, path, form)).status, path).toBe(404)
  }
})

test('who opens 30 flags or claims 60 numbers within an hour is asked to wait, and others are not', async () => {
  await account(city, 'busy')
  const held = { isLimited: false, term: 'in its middle', standing: 'appointed' } as const
  await appoint(city, 'busy', { ...held, roles: ['observer'] })
  for (let times = 0; times < 30; times++) {
    expect((await post('busy', '/flags', flag)).status).toBe(201)
  }
  const { status, body } = await post('busy', '/flags', flag)
  expect([status, body.error]).toEqual([
    429,
    expect.stringMatching(/^Too many flags from you within an hour\. Come again in \d+ s\.$/),
  ])
  expect((await post('mei', '/flags', flag)).status).toBe(201)

  const idea = suggestion({
    agency: null,
    area: null,
    claims: Array.from({ length: 5 }, () => claim),
  })
  for (let times = 0; times < 12; times++) {
    expect((await post('busy', '/suggestions', idea)).status).toBe(201)
  }
  const refused = await post('busy', '/suggestions', idea)
  expect([refused.status, refused.body.error]).toEqual([
    429,
    expect.stringMatching(/^Too many numbers claimed by you within an hour\. /),
  ])
  expect((await post('busy', '/suggestions', { ...idea, claims: [] })).status).toBe(201)
  expect((await post('mei', '/suggestions', idea)).status).toBe(201)
})

test('the cookie of somebody else that a browser was given never becomes that of who signs in', async () => {
  const { token } = await invite(city.db, { name: 'Rui', email: 'rui@example.org', by: null })
  const planted = await sessionOf(city, 'aki', 'signed in')
  const rui = visitorOf(city)
  const password = 'tide tables and lanterns'
  const first = await rui.post(
    '/welcome/password',
    { token, password },
    { headers: { cookie: planted } },
  )
  expect(first.status).toBe(200)
  const half = rui.cookie()
  const { uri } = await bodyOf(rui.post('/code', { password }))
  await rui.post('/code/confirm', { code: codeOf(uri) })

  const nameOf = async (cookie: string) => {
    const answer = await city.get('/api/v1/account', { headers: { cookie } })
    return ((await answer.json()) as { person: { name: string } | null }).person?.name
  }
  expect(rui.cookie()).not.toBe(half)
  expect([await nameOf(rui.cookie()), await nameOf(half), await nameOf(planted)]).toEqual([
    'Rui',
    undefined,
    'aki',
  ])
})

test('nothing that signs somebody in is part of an address', () => {
  const names = routesOf(city.app.web).flatMap(({ path }) => path.match(/:\w+/g) ?? [])
  expect(names.length).toBeGreaterThan(20)
  expect(names.filter((name) => /token|key|secret|cookie|session|mail/i.test(name))).toEqual([])
})

test('hostile text comes back as it went in, as data that no browser takes for a page', async () => {
  const hostile = `<script>alert(1)</script><img src=x onerror=alert(2)>"'\`\${7*7}{{7*7}}\u202e`
  const { body } = await post('mei', '/flags', { ...flag, text: hostile })
  const answer = await city.get(`/api/v1/flags/${body.flag.id}`)
  expect(await answer.json()).toMatchObject({ flag: { text: hostile } })
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  const policy = answer.headers.get('content-security-policy')!
  expect(policy).toContain("default-src 'self'")
  for (const directive of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'self'"]) {
    expect(policy).toContain(directive)
  }
  expect(policy.split(';')).toContain("style-src 'self'")
  expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
  expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  expect(policy).not.toMatch(/script-src|unsafe/)
})
