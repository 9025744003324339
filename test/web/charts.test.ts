import type { TooltipItem } from 'chart.js'
import { afterEach, expect, test, vi } from 'vitest'
import type { Break, ViewState } from '#shared/view.ts'
import { firstRows, rowCount } from '../../web/board/first-rows.ts'
import { flowData } from '../../web/board/flow.ts'
import { timeline } from '../../web/board/timeline.ts'
import {
  flowConfiguration,
  flowDatasets,
  flowLook,
  type FlowPoint,
} from '../../web/charts/flow-config.ts'
import type { FlowData } from '../../web/charts/flow-data.ts'
import { mapConfiguration, mapLook } from '../../web/charts/map-config.ts'
import type { MapArea } from '../../web/charts/map-data.ts'
import { placeLabels } from '../../web/charts/place-labels.ts'
import { scatterConfiguration, scatterDatasets } from '../../web/charts/scatter-config.ts'
import { sparkPaths } from '../../web/charts/spark-path.ts'
import { stepText } from '../../web/charts/step-text.ts'
import { loadFonts, onLetters } from '../../web/design/fonts.ts'
import { speak } from '../../web/i18n/language.svelte.ts'
import { createTimes } from '../../web/i18n/times.ts'

afterEach(() => speak('en'))

test('a chart is drawn again when letters have come, and when their sheet has', async () => {
  const fonts = new EventTarget()
  vi.stubGlobal('document', { fonts, readyState: 'complete' })
  vi.stubGlobal('requestIdleCallback', () => 0)
  try {
    const redraw = vi.fn<() => void>()
    const stop = onLetters(redraw)
    loadFonts('zh')
    await vi.waitFor(() => expect(redraw).toHaveBeenCalledTimes(1))
    fonts.dispatchEvent(new Event('loadingdone'))
    expect(redraw).toHaveBeenCalledTimes(2)
    stop()
    fonts.dispatchEvent(new Event('loadingdone'))
    expect(redraw).toHaveBeenCalledTimes(2)
  } finally {
    vi.unstubAllGlobals()
  }
})

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
  expect(steps.map(({ key }) => key)).toEqual([0, 1, 2, 3].map((n) => Date.parse(hour(n))))
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

/** Colours by their own names. */
const paint = { color: (property: string) => property, family: 'Inter' }
const lines = (data: FlowData) => flowDatasets(data.series[0]!, data, paint)
const tooltipOf = (configuration: { options?: { plugins?: { tooltip?: unknown } } }) =>
  configuration.options!.plugins!.tooltip as {
    callbacks: {
      title: (items: unknown[]) => string | string[]
      label: (item: unknown) => string | string[]
    }
  }

test('a flow begins at zero, reaches over its peak and is never animated, whatever motion a reader wants', () => {
  const data = flow()
  const { options } = flowConfiguration(() => data)
  expect(options).toMatchObject({ animation: false, scales: { y: { beginAtZero: true } } })
  expect(options!.interaction).toEqual({ mode: 'index', intersect: false })

  const look = (data: FlowData, width = 800) => flowLook(data, { ...paint, width })
  expect(look(data).x.scale).toEqual({ min: -0.5, max: 3.5 })
  expect(look(data).y.scale).toEqual({ suggestedMax: 9 })
  expect(look({ ...data, reach: 40 }).y.scale).toEqual({ suggestedMax: 40 })
  expect(look({ ...data, series: [], steps: [] })).toMatchObject({
    x: { scale: { max: 0.5 } },
    y: { scale: { suggestedMax: 4 } },
  })
  expect([look(data).padding.right, look(data, 390).padding.right]).toEqual([104, 76])
})

test('a missing value is a gap in its line, and what is not whole is dotted with a hollow end', () => {
  const data = flow(Date.parse(hour(1)) + 60_000)
  const [unheard] = lines(data)
  expect(unheard.data.map(({ y }) => y)).toEqual([3, 7, NaN, NaN])
  expect(unheard.spanGaps).toBe(false)

  const [line] = lines(flow())
  const { borderDash } = line.segment as { borderDash: (context: object) => unknown }
  const dashAt = (index: number) => borderDash({ p0DataIndex: index, p1DataIndex: index + 1 })
  expect([0, 1, 2].map(dashAt)).toEqual([[1, 4], undefined, [1, 4]])
  const at = (option: unknown, dataIndex: number) =>
    (option as (point: object) => unknown)({ dataIndex })
  expect([0, 1, 2, 3].map((index) => at(line.pointRadius, index))).toEqual([3.5, 0, 3.5, 3.5])
  expect([2, 3].map((index) => at(line.pointBackgroundColor, index))).toEqual([
    line.borderColor,
    '--paper',
  ])
})

test('the period before is a thin ghost under the line, in its colour, and has no points', () => {
  const [line, ghost] = lines(flow())
  expect(ghost.data.map(({ y }) => y)).toEqual([NaN, 6, 8, NaN])
  expect(ghost).toMatchObject({ borderWidth: 1, pointRadius: 0, borderColor: line.borderColor })
  expect(Number(ghost.order)).toBeGreaterThan(Number(line.order))
  expect(ghost.label).toBe('Received, period before')
})

test.each([
  ['en', 'Received: 1,234'],
  ['zh', '收到：1,234'],
] as const)('in %s a tooltip says the step, what is said of it, and "%s"', async (code, said) => {
  await speak(code)
  const data = flow(undefined, [], [2])
  const { title, label } = tooltipOf(flowConfiguration(() => data)).callbacks
  const [name] = said.split(/[:：]/)
  const item = { dataset: { label: name }, parsed: { x: 2, y: 1234 } } as TooltipItem<'line'>
  expect(title([item])).toEqual([data.steps[2]!.label, data.steps[2]!.revised])
  expect(title([{ parsed: { x: 1 } }])).toEqual([data.steps[1]!.label])
  expect(label(item)).toBe(said)
})

test('the axes of a flow have the steps that are named, and numbers of the language', () => {
  const data = flow()
  const { x, y } = flowConfiguration(() => data).options!.scales! as unknown as Record<
    'x' | 'y',
    { ticks: { callback: (value: number) => string }; afterBuildTicks?: (axis: object) => void }
  >
  const axis = { ticks: [] as { value: number; major: boolean }[] }
  x.afterBuildTicks!(axis)
  expect(axis.ticks.map(({ value }) => value)).toEqual(data.ticks.map(({ index }) => index))
  expect(axis.ticks.map(({ value }) => x.ticks.callback(value))).toEqual(
    data.ticks.map(({ label }) => label),
  )
  expect(x.ticks.callback(0.5)).toBe('')
  expect(y.ticks.callback(1500)).toBe('1,500')
})

const area = (code: string, step: MapArea['step']): MapArea => ({
  ...{ code, step, name: code, value: '71.0%', made: '', isChosen: false },
  boundary: { properties: { code }, geometry: { type: 'MultiPolygon', coordinates: [] } },
})

test('a map has the colours of its classes, hatched without one, and another shade for nothing', () => {
  const areas = [area('hill', 1), area('quay', 5), area('moor', undefined)]
  const { dataset, tooltip } = mapLook(areas, { ...paint, hatched: 'hatched' })
  expect(dataset.backgroundColor).toEqual(['--seq-1', '--seq-5', 'hatched'])
  expect(dataset.hoverBackgroundColor).toEqual(dataset.backgroundColor)
  expect(tooltip).toMatchObject({ displayColors: false, backgroundColor: '--paper-raised' })
})

test('a map is never animated, says value and what it is made of, and a click chooses', () => {
  const areas = [area('hill', 1), { ...area('quay', 5), made: '71 of 100 on time' }]
  const chosen: string[] = []
  const choose = (code: string) => void chosen.push(code)
  const configuration = mapConfiguration({ areas: () => areas, choose, placed: () => {} })
  const { title, label } = tooltipOf(configuration).callbacks
  expect(title([{ dataIndex: 1 }])).toBe('quay')
  expect(label({ dataIndex: 1 })).toEqual(['71.0%', '71 of 100 on time'])
  expect(label({ dataIndex: 0 })).toEqual(['71.0%'])
  expect(title([])).toBe('')

  const { options } = configuration
  expect(options).toMatchObject({ animation: false, plugins: { legend: { display: false } } })
  const click = options!.onClick as (event: object, hits: { index: number }[]) => void
  click({}, [])
  click({}, [{ index: 1 }])
  expect(chosen).toEqual(['quay'])
})

test('a group stands where it stands, its points as large in area as there are many, and nothing is pointed at', () => {
  const group = {
    ...({ name: 'A', color: '--series-1', shape: 'rect', centre: [0, 0] } as const),
    points: [
      { x: 0.5, y: -0.5, n: 1 },
      { x: 0, y: 1, n: 16 },
    ],
  }
  const [dataset] = scatterDatasets([group], paint)
  expect(dataset!.data satisfies FlowPoint[]).toEqual([
    { x: 0.5, y: -0.5 },
    { x: 0, y: 1 },
  ])
  expect(dataset).toMatchObject({ pointStyle: 'rect', pointRadius: [3.5, 6.5] })
  expect(dataset!.backgroundColor).toBe('--series-1')
  const { options } = scatterConfiguration(() => [group])
  expect(options).toMatchObject({ animation: false, events: [] })
  // One unit is as far across as up.
  expect(options!.scales!.x).toEqual(options!.scales!.y)
})
