import { expect, test } from 'vitest'
import type { SearchAnswer } from '#shared/tickets.ts'
import { answeredHits, groupHits, type Known, knownHits } from '../../web/search/hits.ts'
import { memberHref } from '../../web/search/member-href.ts'

const known: Known = {
  pages: [
    { href: '/', label: 'Board' },
    { href: '/tickets', label: 'Tickets' },
  ],
  members: {
    agency: [
      { code: 'PWD', names: { en: 'Public Works', zh: '市政工程处' } },
      { code: 'Parks', names: { en: 'Parks and Shoreline' } },
      { code: 'HB', names: { en: 'Harbour Transport' } },
    ],
    area: [
      { code: 'E7', names: { en: 'End of Parks' } },
      { code: 'Zürich Gate', names: {} },
      { code: 'O8', names: { en: 'Overpark' } },
    ],
  },
  hrefOf: (dimension, code) => `/${dimension}/${code}`,
}

const names = (text: string) => knownHits(text, known).map(({ name }) => name)

test('what is named exactly comes first, then beginnings, beginnings of words, and the rest', () => {
  expect(names('parks')).toEqual(['Parks and Shoreline', 'End of Parks'])
  expect(names('park')).toEqual(['Parks and Shoreline', 'End of Parks', 'Overpark'])
  expect(names('harbour tr')).toEqual(['Harbour Transport'])
  expect(names('shore parks')).toEqual(['Parks and Shoreline'])
})

test('a member is found by its code, without accents and in any language, and shown in that of the page', () => {
  expect(names('pwd')).toEqual(['Public Works'])
  expect(names('工程')).toEqual(['Public Works'])
  expect(names('zurich')).toEqual(['Zürich Gate'])
  expect(names('xyz')).toEqual([])
  expect(names('  ')).toEqual([])
})

test('a code stands beside a name only where it says more', () => {
  expect(knownHits('public', known)[0]).toMatchObject({ name: 'Public Works', note: 'PWD' })
  expect(knownHits('zurich', known)[0]).toMatchObject({ note: '' })
})

test('pages are found by what the page calls them', () => {
  expect(knownHits('tick', known)).toEqual([
    { id: 'page /tickets', kind: 'page', name: 'Tickets', note: '', href: '/tickets' },
  ])
})

test('members leave room for tickets', () => {
  const area = Array.from({ length: 30 }, (_, i) => ({ code: `Block ${i}`, names: {} }))
  expect(knownHits('block', { ...known, members: { area } })).toHaveLength(12)
})

test('of what the server answers, what the page does not know is listed, in its order, under its address', () => {
  const answer: SearchAnswer = {
    hits: [
      { kind: 'agency', code: 'PWD', names: {}, address: '/agencies/PWD' },
      {
        kind: 'provision',
        code: 'night-ferry/2/3',
        names: { en: 'Article 3 Last departures', zh: '第三条' },
        within: { en: 'Night ferry', zh: '夜间渡轮' },
        address: '/consultations/night-ferry?provision=3',
      },
      {
        kind: 'ticket',
        code: 'T2',
        names: {},
        mark: 'm',
        status: 'open',
        address: '/tickets/m/T2',
      },
      { kind: 'ticket', code: 'T10', names: {}, mark: 'm', address: '/tickets/m/T10' },
    ],
  }
  const hits = answeredHits(answer, (status) => `is ${status}`)

  expect(hits.map(({ name, note, href }) => [name, note, href])).toEqual([
    ['Article 3 Last departures', 'Night ferry', '/consultations/night-ferry?provision=3'],
    ['T2', 'is open', '/tickets/m/T2'],
    ['T10', '', '/tickets/m/T10'],
  ])
  expect(groupHits([...knownHits('p', known), ...hits]).map(({ kind }) => kind)).toEqual([
    'agency',
    'area',
    'provision',
    'ticket',
  ])
})

test('a member leads to its page where there is one, else to the board, which keeps what it shows', () => {
  const here = (path: string, query: string) => ({ path, query, isPage: () => false })

  expect(memberHref('agency', 'A/B', { ...here('/', ''), isPage: () => true })).toBe(
    '/agencies/A%2FB',
  )
  expect(memberHref('area', 'Old Town', here('/', '?window=7d&area=Saltmarsh'))).toBe(
    '/?window=7d&area=Saltmarsh&area=Old+Town',
  )
  expect(memberHref('area', 'Old Town', here('/', '?area=Old+Town'))).toBe('/?area=Old+Town')
  expect(memberHref('area', 'Old Town', here('/tickets', '?window=7d'))).toBe('/?area=Old+Town')
})
