import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { forgetUnsent, unsentOf } from '../../web/api/kept.ts'
import { KeptForm } from '../../web/api/kept-form.svelte.ts'

let kept: Map<string, string>
beforeEach(() => {
  kept = new Map()
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => void kept.set(name, text),
    removeItem: (name: string) => void kept.delete(name),
  })
})
afterEach(() => void vi.unstubAllGlobals())

const of = { person: 'p1', form: 'a' }
const blank = () => ({ title: '', flags: [] as number[] })

/** A server that answers as told, and what came to it. */
function serving(...answers: (object | number)[]) {
  const came: { key: string | null; body: unknown }[] = []
  vi.stubGlobal('fetch', async (_path: string, { headers, body }: RequestInit) => {
    came.push({
      key: new Headers(headers).get('idempotency-key'),
      body: JSON.parse(body as string),
    })
    const answer = answers.shift()
    if (answer === 0) throw new TypeError('no network')
    if (typeof answer !== 'number') return Response.json(answer)
    return Response.json({ error: 'No.', path: 'title' }, { status: answer })
  })
  return came
}

test('what is typed is there again under the same key, until it was answered', async () => {
  const came = serving(0, { isRepeated: true }, { isRepeated: false })
  const first = new KeptForm({ of, blank })
  first.fields.title = 'Lamps'
  expect(await first.send('/x', first.fields)).toBeUndefined()
  const again = new KeptForm({ of, blank })
  expect(again.fields.title).toBe('Lamps')

  again.fields.title = 'More lamps'
  expect(await again.send('/x', again.fields)).toEqual({ isRepeated: true, isOther: true })
  again.clear()
  expect(new KeptForm({ of, blank }).fields).toEqual(blank())
  expect(await again.send('/x', again.fields)).toEqual({ isRepeated: false, isOther: false })
  const keys = came.map(({ key }) => key)
  expect([keys[0] === keys[1], keys[1] === keys[2]]).toEqual([true, false])
})

test('another act under the same form is no second sending of the first', async () => {
  const came = serving(0, { isRepeated: false })
  const form = new KeptForm({ of, blank })
  await form.send('/acceptance', {})
  expect(await form.send('/dispute', {})).toEqual({ isRepeated: false, isOther: false })
  expect(came[0]!.key).not.toBe(came[1]!.key)
})

test('what was refused says why beside its field, and was not done: other words are the first', async () => {
  serving(400, { isRepeated: true })
  const form = new KeptForm({ of, blank })
  form.fields.title = 'x'
  expect(await form.send('/x', form.fields)).toBeUndefined()
  expect([form.errorOf('title'), form.errorOf('flags'), form.errorBut('title')]).toEqual([
    ...[expect.stringContaining('No.'), undefined, undefined],
  ])
  form.fields.title = 'y'
  expect(await form.send('/x', form.fields)).toMatchObject({ isOther: false })
})

test.each(['{', '7', 'null', '{"key":7,"fields":{}}', '{"key":"k","fields":null}'])(
  'what cannot be read is as good as nothing: %s',
  (text) => {
    kept.set('clerestory.form.p1.a', text)
    expect(new KeptForm({ of, blank }).fields).toEqual(blank())
  },
)

test('a field of another kind than the form has is left blank', () => {
  kept.set('clerestory.form.p1.a', '{"key":"k","fields":{"title":"Lamps","flags":"none"}}')
  expect(new KeptForm({ of, blank }).fields).toEqual({ title: 'Lamps', flags: [] })
})

test('where nothing may be stored, a form works as long as the page', () => {
  vi.stubGlobal('localStorage', {
    getItem: () => {
      throw new DOMException('no', 'SecurityError')
    },
  })
  const form = new KeptForm({ of, blank })
  form.fields.title = 'Lamps'
  form.keep()
  expect(form.fields.title).toBe('Lamps')
})

/** As a browser has it: what is kept are its own names. */
const keeping = {
  getItem(this: Record<string, string>, name: string) {
    return this[name] ?? null
  },
  setItem(this: Record<string, string>, name: string, text: string) {
    this[name] = text
  },
  removeItem(this: Record<string, string>, name: string) {
    delete this[name]
  },
}

test('what somebody has not sent is found by person, and thrown away with nobody else’s', () => {
  const typed = (person: string, form: string) => {
    const one = new KeptForm({ of: { person, form }, blank })
    one.fields.title = 'Lamps'
    one.keep()
  }
  vi.stubGlobal('localStorage', Object.create(keeping))
  for (const [person, form] of [
    ['p1', 'a'],
    ['p1', 'flag.group:x'],
    ['p10', 'a'],
  ] as const) {
    typed(person, form)
  }
  expect(unsentOf('p1')).toEqual(['clerestory.form.p1.a', 'clerestory.form.p1.flag.group:x'])
  forgetUnsent('p1')
  expect([unsentOf('p1'), unsentOf('p10')]).toEqual([[], ['clerestory.form.p10.a']])
})
