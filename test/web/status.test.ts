import { expect, test } from 'vitest'
import type { Deployment } from '#shared/deployment.ts'
import type { SourceState } from '#shared/wire.ts'
import { examples } from '../../web/about/examples.ts'
import { heardCount, nameOfSource, signOf } from '../../web/board/silence.ts'
import { groups } from '../../web/definitions/groups.ts'
import { kindText, sourceRows } from '../../web/status/source-rows.ts'
import { cubeFacts } from '../../web/status/status-facts.ts'
import { measureIds } from '#shared/measures/all.ts'

const source = (name: string, state: Partial<SourceState> = {}): SourceState => ({
  name,
  kind: 'api',
  heardAt: 0,
  newestAt: 0,
  silent: false,
  ...state,
})

test('silent sources come first, and a lag is of whole minutes and never below zero', () => {
  const sources = [
    source('web', { newestAt: 90_000 }),
    source('app', { newestAt: 100_000 }),
    source('phone', { silent: true, newestAt: null }),
  ]

  expect(sourceRows(sources, 92_000).map(({ name, lag }) => [name, lag])).toEqual([
    ['phone', null],
    ['app', 0],
    ['web', 0],
  ])
  expect(sourceRows(sources, 215_000)[2]!.lag).toBe(120_000)
  expect(sourceRows(sources, undefined)[2]!.lag).toBeNull()
})

test('a source that was never heard is not counted among the heard, nor shown as live', () => {
  const sources = [source('web'), source('app', { heardAt: null }), source('ivr', { silent: true })]

  expect(heardCount(sources)).toBe(1)
  expect(sources.map(signOf)).toEqual(['live', 'loading', 'silent'])
})

test('a source has the name that the city gives it, and else its own; as its kind has', () => {
  const place = {
    names: {},
    demonstration: true,
    sources: { web: { zh: '网页', en: 'Web forms' } },
  }
  const deployment = { place } as unknown as Deployment

  expect(nameOfSource(deployment, 'web')).toBe('Web forms')
  expect(nameOfSource(deployment, 'fax')).toBe('fax')
  expect(nameOfSource(undefined, 'web')).toBe('web')
  expect(['wechat', 'fax'].map(kindText)).toEqual(['WeChat', 'fax'])
})

test('every measure stands in one group of the definitions, and no other does', () => {
  const listed: string[] = groups.flatMap(({ measures }) => [...measures])

  expect(listed.toSorted()).toEqual(measureIds.toSorted())
})

test('an example breaks down only by what the city has opened', () => {
  expect(examples(['area'])[0]!.href).toContain('&by=area&')
  expect(examples([])[0]!.href).not.toContain('by=')
})

test('nothing is said not to be public before the server has answered', () => {
  expect(cubeFacts(undefined).map(([, , said]) => said)).toEqual(Array(4).fill('–'))
})
