import { afterEach, beforeEach, expect, test, vi } from 'vitest'
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
  const first = new KeptForm({ name: 'a', blank })
  first.fields.title = 'Lamps'
  expect(await first.send('/x', first.fields)).toBeUndefined()
  const again = new KeptForm({ name: 'a', blank })
  expect(again.fields.title).toBe('Lamps')

  again.fields.title = 'More lamps'
  expect(await again.send('/x', again.fields)).toEqual({ isRepeated: true, isOther: true })
  again.clear()
  expect(new KeptForm({ name: 'a', blank }).fields).toEqual(blank())
  expect(await again.send('/x', again.fields)).toEqual({ isRepeated: false, isOther: false })
  const keys = came.map(({ key }) => key)
  expect([keys[0] === keys[1], keys[1] === keys[2]]).toEqual([true, false])
})

test('another act under the same form is no second sending of the first', async () => {
  const came = serving(0, { isRepeated: false })
  const form = new KeptForm({ name: 'a', blank })
  await form.send('/acceptance', {})
  expect(await form.send('/dispute', {})).toEqual({ isRepeated: false, isOther: false })
  expect(came[0]!.key).not.toBe(came[1]!.key)
})

test('what was refused says why beside its field, and was not done: other words are the first', async () => {
  serving(400, { isRepeated: true })
  const form = new KeptForm({ name: 'a', blank })
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
    kept.set('clerestory.form.a', text)
    expect(new KeptForm({ name: 'a', blank }).fields).toEqual(blank())
  },
)

test('a field of another kind than the form has is left blank', () => {
  kept.set('clerestory.form.a', '{"key":"k","fields":{"title":"Lamps","flags":"none"}}')
  expect(new KeptForm({ name: 'a', blank }).fields).toEqual({ title: 'Lamps', flags: [] })
})

test('where nothing may be stored, a form works as long as the page', () => {
  vi.stubGlobal('localStorage', {
    getItem: () => {
      throw new DOMException('no', 'SecurityError')
    },
  })
  const form = new KeptForm({ name: 'a', blank })
  form.fields.title = 'Lamps'
  form.keep()
  expect(form.fields.title).toBe('Lamps')
})
