import { expect, test } from 'vitest'
import type { Break, ViewState } from '#shared/view.ts'
import { firstRows, rowCount } from '../../web/board/first-rows.ts'
import { flowData } from '../../web/board/flow.ts'
import { timeline } from '../../web/board/timeline.ts'
import { placeLabels } from '../../web/charts/place-labels.ts'
import { sparkPaths } from '../../web/charts/spark-path.ts'
import { stepText } from '../../web/charts/step-text.ts'
import { createTimes } from '../../web/i18n/times.ts'

const minute = Date.UTC(2026, 10, 19, 14, 38) / 60_000
const hour = (n: number) => new Date(Date.UTC(2026, 10, 18, 14 + n)).toISOString()

function view(id: string, values: number[]): ViewState {
  return {
    id,
    columns: [{ id: 'hour' }, { id: 'received' }, { id: 'closed' }],
    rows: values.map((value, index) => [hour(index), value, 1]),
    totals: [null, values.reduce((a, b) => a + b), values.length],
  }
}

function flow(
  unheardSince?: number,
  breaks: readonly Break[] = [],
  revised: readonly number[] = [],
) {
  const current = view('flow', [3, 7, 9, 2])
  const keys = current.rows.map((row) => row[0])
  return flowData({
    flow: current,
    before: view('flow-before', [4, 6, 8, 1]),
    window: '24h',
    steps: timeline(keys, '24h', 'hour', minute, 'UTC'),
    times: createTimes('UTC'),
    unheardSince,
    breaks,
    revised,
  })
}

test('what is not whole is marked, and the period before is shown only beside whole hours', () => {
  const { steps, series } = flow()

  expect(steps.map((step) => step.part)).toEqual(['cut', 'whole', 'whole', 'running'])
  expect(series[0]!.values).toEqual([3, 7, 9, 2])
  expect(series[0]!.before).toEqual([null, 6, 8, null])
  expect(series[0]).toMatchObject({ total: '21', soFar: '2 so far' })
})

test('hours in which no source was heard are missing, not zero', () => {
  const { steps, series } = flow(Date.parse(hour(1)) + 60_000)

  expect(series[0]!.values).toEqual([3, 7, null, null])
  expect(steps.map((step) => step.part)).toEqual(['cut', 'whole', 'unheard', 'unheard'])
})

test('a line breaks where data is missing, and is never bridged', () => {
  const { line } = sparkPaths([1, 2, null, 4, 5], { isZeroBased: true, isRunning: false })

  expect(line.match(/M/g)).toHaveLength(2)
  expect(line.match(/L/g)).toHaveLength(2)
})

test('a changed definition is marked where it began, once, and only of what is drawn', () => {
  const broken = (measure: string, at: number): Break => ({
    measure,
    version: 2,
    contributions: 2,
    seq: 9,
    at: new Date(at).toISOString(),
  })
  const half = Date.parse(hour(1)) + 1_800_000
  const { breaks, breakLabel } = flow(undefined, [
    broken('received', half),
    broken('closed', half),
    broken('open', Date.parse(hour(2))),
    broken('received', Date.parse(hour(0)) - 1),
  ])

  expect(breaks).toEqual([{ index: 1, place: 1 }])
  expect(breakLabel).toBe('new definition')
})

test('a step that was told otherwise before late data came says so, also to who hears it', () => {
  const data = flow(undefined, [], [2])
  const said = 'revised since it was first told'
  expect(data.steps.map(({ revised }) => revised)).toEqual([undefined, undefined, said, undefined])
  expect(stepText(data, 2)).toContain(said)
  expect(stepText(data, 1)).not.toContain(said)
})

test('the step that still runs is not part of the line but of its dotted end', () => {
  const { line, running, end } = sparkPaths([4, 4, 1], { isZeroBased: true, isRunning: true })

  expect(line.match(/[ML]/g)).toHaveLength(2)
  expect(running).not.toBe('')
  expect(end?.y).toBeGreaterThan(20)
})

test('the period before is a thin line in the same scale', () => {
  const { line, ghost } = sparkPaths([2, 2], {
    isZeroBased: true,
    isRunning: false,
    ghost: [4, null, 4],
  })

  expect(ghost).toBe('M3.0 3.0')
  expect(line).toBe('M3.0 16.0L97.0 16.0')
})

test('nothing known draws nothing', () => {
  const paths = sparkPaths([null, null], { isZeroBased: false, isRunning: true })
  expect(paths).toEqual({ line: '', ghost: '', running: '', end: undefined })
})

test('labels that would cover each other move apart and stay inside', () => {
  const labels = [30, 10, 12, 95].map((y) => ({ y, height: 20 }))

  expect(placeLabels(labels, 0, 100).map((label) => label.y)).toEqual([10, 30, 50, 80])
})

test('a long ranking first shows some of every group, so that no end of it is hidden', () => {
  const row = { code: 'x', received: 0, open: 0, overdue: 0, onTime: { value: 1, hits: 1, n: 1 } }
  const group = (name: 'above' | 'below', rows: number) => ({ name, rows: Array(rows).fill(row) })

  const shown = firstRows([group('above', 30), group('below', 4)])

  expect(shown.map(({ rows }) => rows.length)).toEqual([6, 4])
  expect(rowCount(firstRows([group('above', 15)]))).toBe(15)
})
