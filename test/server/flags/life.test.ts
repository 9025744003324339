import { expect, test } from 'vitest'
import { flagApp } from '../../support/flags.ts'

test('a flag is opened, acknowledged, answered, disputed and settled, and everybody sees each step', async () => {
  await using app = await flagApp()

  const opened = await app.flagAct('mei', '', app.flagging())
  expect(opened).toMatchObject({
    status: 201,
    body: { act: { kind: 'flag.opened', version: 1 }, flag: { state: 'open', version: 1 } },
  })
  const { id } = opened.body.flag
  for (const [as, path, form, state] of [
    ['olga', 'acknowledgement', {}, 'acknowledged'],
    ['olga', 'answer', { text: 'Two crews are out.', done: 'Four lamps.' }, 'answered'],
    ['mei', 'dispute', { reason: 'They are still dark.' }, 'disputed'],
    ['ines', 'settlement', { for: 'observer', text: 'They are dark.' }, 'settled'],
  ] as const) {
    const done = await app.flagAct(as, `/${id}/${path}`, form)
    expect(done, path).toMatchObject({ status: 200, body: { flag: { state } } })
  }

  const { body } = await app.read(`/${id}`)
  expect(body.flag).toMatchObject({
    state: 'settled',
    kind: 'slow',
    text: '路燈壞了很久',
    language: 'zh-TW',
    author: { name: 'The honourable mei' },
    agency: 'PWD',
    place: { agency: 'PWD' },
    late: false,
    settledFor: 'observer',
    answer: { text: 'Two crews are out.', done: 'Four lamps.', workingDays: 1 },
  })
  expect(body.acts.map(({ kind, by }) => [kind, by?.role])).toEqual([
    ['flag.opened', 'observer'],
    ['flag.acknowledged', 'official'],
    ['flag.answered', 'official'],
    ['flag.disputed', 'observer'],
    ['flag.settled', 'secretariat'],
  ])
})
