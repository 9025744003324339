import { expect, test } from 'vitest'
import { flagApp } from '../../support/flags.ts'

test('who is of the secretariat and an official answers as whichever the flag is with', async () => {
  await using app = await flagApp()
  const answer = { text: 'Two crews are out.' }
  await app.appoint('rui', { role: 'secretariat', until: null })
  await app.appoint('rui', { role: 'official', until: null, ...app.agencies('PWD') })
  const ofAgency = await app.opened()
  const ofSecretariat = await app.opened()
  await app.flagAct('ines', `/${ofSecretariat}/transfer`, { to: null, reason: 'It is ours.' })

  const roleIn = async (id: number) => {
    expect((await app.flagAct('rui', `/${id}/answer`, answer)).status).toBe(200)
    return (await app.read(`/${id}`)).body.acts.at(-1)!.by!.role
  }
  expect(await roleIn(ofAgency)).toBe('official')
  expect(await roleIn(ofSecretariat)).toBe('secretariat')
})

test('everybody is told when who answered for the secretariat settled the dispute too', async () => {
  await using app = await flagApp()
  await app.appoint('rui', { role: 'secretariat', until: null })
  const settledBy = async (as: string) => {
    const id = await app.opened()
    await app.flagAct('ines', `/${id}/transfer`, { to: null, reason: 'It is ours.' })
    await app.flagAct('ines', `/${id}/answer`, { text: 'It is as it should be.' })
    await app.flagAct('mei', `/${id}/dispute`, { reason: 'It is not.' })
    await app.flagAct(as, `/${id}/settlement`, { for: 'observer', text: 'It was not.' })
    const { state, isSettledByAnswerer } = await app.flagOf(id)
    return { state, isSettledByAnswerer }
  }

  expect(await settledBy('rui')).toEqual({ state: 'settled', isSettledByAnswerer: false })
  expect(await settledBy('ines')).toEqual({ state: 'settled', isSettledByAnswerer: true })
})

test('nobody answers a flag of their own, nor settles one that they stand behind', async () => {
  await using app = await flagApp()
  await app.appoint('mei', { role: 'official', until: null, ...app.agencies('PWD') })
  await app.appoint('aki', { role: 'secretariat', until: null })
  const id = await app.opened()
  await app.flagAct('aki', `/${id}/joining`, { text: 'I saw it too.' })
  const own = await app.flagAct('mei', `/${id}/answer`, { text: 'It is well.' })
  expect([own.status, own.body.error]).toEqual([403, 'Nobody answers a flag of their own.'])
  await app.flagAct('olga', `/${id}/answer`, { text: 'It is well.' })
  await app.flagAct('mei', `/${id}/dispute`, { reason: 'It is not.' })

  const behind = await app.flagAct('aki', `/${id}/settlement`, { for: 'observer', text: 'So.' })
  expect([behind.status, behind.body.error]).toEqual([403, expect.stringContaining('stand behind')])
})
