import { expect, test } from 'vitest'
import { inOrder, rowsOf } from '../../web/trace/lanes.ts'
import { createTimes } from '../../web/i18n/times.ts'
import { detailText, stepText } from '../../web/trace/step-text.ts'

const node = (id: string, at: string | null = null) => ({ id, at })
const edges = (...lines: string[]) =>
  lines.map((line) => {
    const [from = '', to = ''] = line.split('>')
    return { from, to }
  })
const drawn = (rows: ReturnType<typeof rowsOf>) =>
  rows.map(({ node, lane, above, below, across }) => [node.id, lane, above, below, across])

test('what came of something stands below it, also where it has no time of its own', () => {
  const nodes = [node('clause'), node('number'), node('flag', '1'), node('adopted', '3')]
  const ordered = inOrder(nodes, edges('number>flag', 'flag>adopted', 'adopted>clause'))
  expect(ordered.map(({ id }) => id)).toEqual(['number', 'flag', 'adopted', 'clause'])
})

test('a circle is cut, and holds each step once', () => {
  const ordered = inOrder([node('a', '1'), node('b', '2')], edges('a>b', 'b>a'))
  expect(ordered.map(({ id }) => id)).toEqual(['a', 'b'])
})

test('a plain way is one line that begins and ends at its steps', () => {
  const nodes = [node('number'), node('flag', '1'), node('answer', '2')]
  expect(drawn(rowsOf(nodes, edges('number>flag', 'flag>answer')))).toEqual([
    ['number', 0, [], [0], []],
    ['flag', 0, [0], [0], []],
    ['answer', 0, [0], [], []],
  ])
})

test('what was done goes on in the lane, and what was only named branches off and ends', () => {
  const nodes = [node('adopted', '1'), node('rule'), node('done', '2')]
  expect(drawn(rowsOf(nodes, edges('adopted>rule', 'adopted>done')))).toEqual([
    ['adopted', 0, [], [1, 0], [1]],
    ['rule', 1, [1, 0], [0], []],
    ['done', 0, [0], [], []],
  ])
})

test('two ways that meet are joined where they meet, and each says both', () => {
  const nodes = [node('one', '1'), node('two', '2'), node('both', '3')]
  const rows = rowsOf(nodes, edges('one>both', 'two>both'))
  expect(drawn(rows)).toEqual([
    ['one', 0, [], [0], []],
    ['two', 1, [0], [0, 1], []],
    ['both', 0, [0, 1], [], [1]],
  ])
  expect(rows[2]!.from.map(({ id }) => id)).toEqual(['one', 'two'])
  expect(rows[0]!.to.map(({ id }) => id)).toEqual(['both'])
})

test('a step of evidence says what was frozen', () => {
  const step = (title: string | null) => ({
    ...{ id: 'evidence:c41d90aa5e7207bf', noun: 'evidence', title },
    ...{ href: null, at: null, kind: null, withheld: null },
  })
  expect(stepText(step('number:received'))).toBe('Received, frozen')
  expect(stepText(step('ticket:26-7'))).toBe('Ticket 26-7, frozen')
  expect(stepText(step('group'))).toBe('Tickets, frozen')
  expect(stepText(step(null))).toBe('Evidence, frozen')
  expect(detailText(step('group'), createTimes('UTC'))).toBe('c41d90aa5e72')
})
