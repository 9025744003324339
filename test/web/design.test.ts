import { expect, test } from 'vitest'
import { readStripes } from '../../web/design/paint-element.ts'
import { matching } from '../../web/design/matching.ts'
import { moveCell } from '../../web/design/move-cell.ts'
import { pictureName } from '../../web/design/picture.ts'
import { type Column, nextSort, sortRows } from '../../web/design/sort-rows.ts'

test.each([
  ['ArrowRight', false, false, { row: 1, column: 2 }],
  ['ArrowRight', false, true, { row: 1, column: 0 }],
  ['ArrowLeft', false, true, { row: 1, column: 2 }],
  ['ArrowDown', false, false, { row: 2, column: 1 }],
  ['PageUp', false, false, { row: 0, column: 1 }],
  ['End', false, false, { row: 1, column: 2 }],
  ['End', true, false, { row: 4, column: 2 }],
  ['Home', true, false, { row: 0, column: 0 }],
  ['a', false, false, undefined],
])('%s (with control: %s, right to left: %s) leads to %j', (key, isControl, isRtl, to) => {
  const at = { row: 1, column: 1 }
  expect(moveCell(at, { key, isControl, isRtl }, { row: 5, column: 3 })).toEqual(to)
})

test('no key leads out of the grid', () => {
  const move = { isControl: false, isRtl: false }
  const corner = { row: 0, column: 0 }
  expect(moveCell(corner, { ...move, key: 'ArrowUp' }, { row: 1, column: 1 })).toEqual(corner)
  expect(moveCell(corner, { ...move, key: 'ArrowRight' }, { row: 1, column: 1 })).toEqual(corner)
})

interface Row {
  name: string
  rate: number | null
}
const columns: Column<Row>[] = [
  { id: 'name', label: 'Name', text: ({ name }) => name, by: ({ name }) => name },
  { id: 'rate', label: 'Rate', isNumber: true, text: String, by: ({ rate }) => rate },
]
const rows: Row[] = [
  { name: 'Area 10', rate: 0.5 },
  { name: 'Area 9', rate: null },
  { name: 'Area 2', rate: 0.9 },
]
const names = (sort: Parameters<typeof sortRows>[2]) =>
  sortRows(rows, columns, sort).map(({ name }) => name)

test('names are sorted as people count, and no data comes last either way', () => {
  expect(names({ column: 'name', isDescending: false })).toEqual(['Area 2', 'Area 9', 'Area 10'])
  expect(names({ column: 'rate', isDescending: true })).toEqual(['Area 2', 'Area 10', 'Area 9'])
  expect(names({ column: 'rate', isDescending: false })).toEqual(['Area 10', 'Area 2', 'Area 9'])
  expect(names(undefined)).toEqual(['Area 10', 'Area 9', 'Area 2'])
})

test('a head sorts numbers with the most first, and turns round when it is pressed again', () => {
  const first = nextSort(columns[1]!, { column: 'name', isDescending: false })
  expect(first).toEqual({ column: 'rate', isDescending: true })
  expect(nextSort(columns[1]!, first)).toEqual({ column: 'rate', isDescending: false })
})

test('a search finds every word in any order, without case and accents', () => {
  const items = ['Old Town', 'Zürich Gate', 'Gate of Zürich', 'Town Hall'].map((label) => ({
    label,
  }))
  const found = (search: string) => matching(items, search).map(({ label }) => label)
  expect(found('gate zurich')).toEqual(['Zürich Gate', 'Gate of Zürich'])
  expect(found('TOWN')).toEqual(['Town Hall', 'Old Town'])
  expect(found(' ')).toHaveLength(4)
  expect(found('nowhere')).toEqual([])
})

test('stripes are read off a stylesheet as browsers write it out, and other grounds are none', () => {
  const red = 'rgb(179, 38, 30)'
  const clear = 'rgba(0, 0, 0, 0)'
  const stripes = { degrees: 135, colors: [red, clear], on: 2, period: 4 }
  const long = `repeating-linear-gradient(135deg, ${red} 0px, ${red} 2px, ${clear} 2px, ${clear} 4px)`
  expect(readStripes(long)).toEqual(stripes)
  expect(
    readStripes(`repeating-linear-gradient(135deg, ${red} 0px 2px, ${clear} 2px 4px)`),
  ).toEqual(stripes)
  expect(readStripes('none')).toBeUndefined()
  expect(readStripes(`linear-gradient(${red}, ${red})`)).toBeUndefined()
})

test('a picture is named after its title and its local time, in any script', () => {
  const caption = { place: '', notes: [], age: '', timeZone: 'Asia/Shanghai' }
  const at = Date.UTC(2026, 10, 19, 6, 38, 7)
  expect(pictureName({ ...caption, title: 'Received and closed, by hour', at })).toBe(
    'received-and-closed-by-hour-2026-11-19-14-38.png',
  )
  expect(pictureName({ ...caption, title: '收到与关闭', at: undefined })).toBe('收到与关闭.png')
})
