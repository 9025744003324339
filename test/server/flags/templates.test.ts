import { expect, test } from 'vitest'
import { flagApp } from '../../support/flags.ts'

test('an agency’s officials write its templates, and an answer names the one it was made from', async () => {
  await using app = await flagApp()
  const PATH = '/api/v1/templates'
  const form = { name: 'Crews', text: 'Crews are out.', done: '', language: 'en' }
  const made = await app.act('olga', PATH, { agency: 'PWD', ...form })
  expect(made.status).toBe(201)
  const id = Number(made.body.act.subject.split(':')[1])
  const seen = async (as: string) => (await app.ask(PATH, as)).body.templates
  expect(await seen('olga')).toEqual([
    {
      id,
      version: 1,
      agency: 'PWD',
      name: 'Crews',
      text: 'Crews are out.',
      done: null,
      language: 'en',
      withheld: {},
    },
  ])
  expect(await seen('pavel')).toEqual([])
  expect((await app.ask(PATH, 'mei')).status).toBe(403)
  expect((await app.act('pavel', PATH, { agency: 'PWD', ...form })).status).toBe(403)
  expect((await app.act('olga', PATH, { agency: null, ...form })).status).toBe(403)
  expect((await app.act('ines', PATH, { agency: 'PWD', ...form })).status).toBe(403)
  expect((await app.act('ines', PATH, { agency: null, ...form })).status).toBe(201)
  expect((await app.act('mei', PATH, { agency: 'PWD', ...form })).status).toBe(403)
  expect((await app.act('pavel', `${PATH}/${id}/retirement`, {})).status).toBe(403)

  const flag = await app.opened()
  await app.flagAct('olga', `/${flag}/answer`, { text: 'Crews are out today.', template: id })
  expect((await app.flagOf(flag)).answer!.template).toBe(id)

  await app.act('olga', `${PATH}/${id}/revision`, {
    ...form,
    text: 'Two crews are out.',
    version: 1,
  })
  expect(await seen('olga')).toMatchObject([{ version: 2, text: 'Two crews are out.' }])
  const stale = await app.act('olga', `${PATH}/${id}/revision`, { ...form, version: 1 })
  expect([stale.status, stale.body.path]).toEqual([409, 'version'])
  await app.act('olga', `${PATH}/${id}/retirement`, {})
  expect(await seen('olga')).toEqual([])
  expect((await app.act('olga', `${PATH}/${id}/revision`, form)).body.error).toMatch('was retired')
})
