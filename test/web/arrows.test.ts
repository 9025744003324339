import { expect, test } from 'vitest'
import type { FlowData } from '../../web/charts/flow-data.ts'
import { moveStep } from '../../web/charts/move-step.ts'
import { StepCursor } from '../../web/charts/step-cursor.svelte.ts'
import { stepText } from '../../web/charts/step-text.ts'
import { nextControl } from '../../web/design/roving-rows.ts'

test.each([
  ['ArrowLeft', undefined, 4],
  ['ArrowRight', undefined, 4],
  ['ArrowLeft', 4, 3],
  ['ArrowLeft', 0, 0],
  ['ArrowRight', 4, 4],
  ['Home', 3, 0],
  ['End', 1, 4],
  ['ArrowDown', 3, undefined],
  ['a', 3, undefined],
] as const)('in a chart of five steps %s from %s leads to %s', (key, at, to) => {
  expect(moveStep(at, key, 5)).toBe(to)
})

test('where there is no step no key leads anywhere', () => {
  expect(moveStep(undefined, 'End', 0)).toBeUndefined()
})

const series = { color: '', ink: '', total: '', soFar: '' }
const data: FlowData = {
  steps: [
    { key: 14, label: 'Thu 14:00', part: 'whole' },
    { key: 15, label: 'Thu 15:00', part: 'unheard' },
    { key: 16, label: 'Thu 16:00', part: 'running' },
  ],
  ticks: [],
  series: [
    { ...series, name: 'Received', values: [1200, null, 3], before: [7, 2, null] },
    { ...series, name: 'Closed', values: [0, null, 1], before: [null, null, null] },
  ],
  breaks: [],
  breakLabel: '',
  runningLabel: 'unfinished hour',
  beforeLabel: (name) => `${name} before`,
}

test('a step is read with its values, those before where there are any, and that it still runs', () => {
  expect(stepText(data, 0)).toBe('Thu 14:00: Received 1,200, Received before 7, Closed 0')
  expect(stepText(data, 1)).toBe('Thu 15:00: Received no data, Received before 2, Closed no data')
  expect(stepText(data, 2)).toBe('Thu 16:00: Received 3, Closed 1, unfinished hour')
  expect(stepText(data, 9)).toBe('')
})

test('the step that is read stays the same while the window moves on, and is left when it has gone', () => {
  let shown = data
  const cursor = new StepCursor(() => shown)
  cursor.move('End')
  cursor.move('ArrowLeft')
  expect(cursor.at).toBe(1)

  const [, ...later] = data.steps
  shown = { ...data, steps: [...later, { key: 17, label: 'Thu 17:00', part: 'running' }] }
  expect(cursor.at).toBe(0)
  expect(cursor.said).toContain('Thu 15:00')
  cursor.move('ArrowRight')
  expect(cursor.said).toContain('Thu 16:00')

  shown = { ...data, steps: [{ key: 17, label: 'Thu 17:00', part: 'running' }] }
  expect([cursor.at, cursor.said]).toEqual([undefined, ''])
})

const rows = [['Water', 'Water?', 'Water…'], ['Parks', 'Parks?'], ['Roads']]

test.each([
  ['ArrowDown', 'Water?', 'Parks'],
  ['ArrowDown', 'Roads', 'Roads'],
  ['ArrowUp', 'Parks?', 'Water'],
  ['Home', 'Roads', 'Water'],
  ['End', 'Water…', 'Roads'],
  ['ArrowRight', 'Water', 'Water?'],
  ['ArrowRight', 'Parks?', 'Parks?'],
  ['ArrowLeft', 'Water…', 'Water?'],
  ['Escape', 'Water…', 'Water'],
  ['Escape', 'Water', undefined],
  ['Enter', 'Water', undefined],
  ['ArrowDown', 'nowhere', undefined],
])('in a table %s leads from %s to %s', (key, from, to) => {
  expect(nextControl(rows, { from, key, isRtl: false })).toBe(to)
})

test('where text runs from right to left, left leads on', () => {
  expect(nextControl(rows, { from: 'Water', key: 'ArrowLeft', isRtl: true })).toBe('Water?')
})
