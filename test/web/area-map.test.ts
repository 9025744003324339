import { expect, test } from 'vitest'
import { areaMapData, classTexts } from '../../web/board/area-map.ts'
import { classOf, countClasses, rateClasses } from '../../web/board/map-classes.ts'
import { isInside, placeInside, type Point } from '../../web/charts/inside.ts'
import { type Box, placeLabel } from '../../web/charts/map-label.ts'
import { nextSpot } from '../../web/charts/next-spot.ts'
import { rankedView } from './ranked-view.ts'

const ring = (...points: [number, number][]): Point[] => [...points, points[0]!]
const square = (x: number, y: number, side: number) =>
  ring([x, y], [x + side, y], [x + side, y + side], [x, y + side])

test('rates fall into five classes of even steps, the lowest the strongest', () => {
  const classes = rateClasses([62.7, 78.8, 74.7, 77.4, 87.1, 87.6, 71.2, 86])
  expect(classes.bounds).toEqual([85, 80, 75, 70])
  expect(classTexts(classes)).toEqual(['85% +', '80–85', '75–80', '70–75', 'under 70'])
  expect([87.6, 85, 84.9, 74.7, 70, 62.7].map((rate) => classOf(rate, classes))).toEqual([
    1, 1, 2, 4, 4, 5,
  ])
})

test('rates that lie together get narrow classes, and those of every kind the widest', () => {
  expect(rateClasses([91.2, 92.8, 94.1]).bounds).toEqual([94, 93, 92, 91])
  expect(rateClasses([3, 99]).bounds).toEqual([80, 60, 40, 20])
  expect(rateClasses([]).bounds).toHaveLength(4)
  expect(rateClasses([100, 100]).bounds).toEqual([99, 98, 97, 96])
})

test('counts fall into classes from zero, the most the strongest', () => {
  const classes = countClasses([4, 83, 970])
  expect(classTexts(classes)).toEqual(['under 200', '200–400', '400–600', '600–800', '800 +'])
  expect([0, 199, 200, 970].map((count) => classOf(count, classes))).toEqual([1, 1, 2, 5])
  expect(countClasses([0]).bounds).toEqual([1, 2, 3, 4])
})

const boundary = (code: string) => ({
  properties: { code },
  geometry: { type: 'MultiPolygon' as const, coordinates: [[square(0, 0, 1)]] },
})
const view = rankedView(
  'area',
  [
    ['(none)', 9, 9, 1, 0.5, 10, 20],
    ['hill', 40, 12, 3, 0.9, 90, 100],
    ['isles', 5, 2, 0, 0.5, 4, 8],
    ['quay', 60, 30, 9, 0.71, 71, 100],
  ],
  [null, 114, 53, 13, 0.77, 175, 228],
)
const input = {
  view,
  minN: 30,
  boundaries: ['hill', 'isles', 'moor', 'quay'].map(boundary),
  nameOf: (code: string) => code,
  isChosen: (code: string) => code === 'quay',
}

test('an area shows its rate; too few to rank and nothing at all have no class and say so', () => {
  const { areas, all, elsewhere } = areaMapData({ ...input, by: 'onTimeRate' })
  expect(areas.map(({ code, value, step }) => [code, value, step])).toEqual([
    ['hill', '90.0%', 1],
    ['isles', 'too few', undefined],
    ['moor', 'no data', undefined],
    ['quay', '71.0%', 4],
  ])
  expect(areas.map(({ made }) => made)).toContain('90 of 100 on time')
  expect(areas.filter(({ isChosen }) => isChosen).map(({ code }) => code)).toEqual(['quay'])
  expect([all, elsewhere]).toEqual([228, 20])
})

test('by a count every area has a class, zero the first', () => {
  const { areas, elsewhere } = areaMapData({ ...input, by: 'received' })
  expect(areas.map(({ value, step }) => [value, step])).toEqual([
    ['40', 3],
    ['5', 1],
    ['0', 1],
    ['60', 4],
  ])
  expect(elsewhere).toBe(9)
})

test('a name is placed inside its area, however it is bent, and never in a hole', () => {
  const bent = [
    ring([0, 0], [100, 0], [100, 20], [20, 20], [20, 80], [100, 80], [100, 100], [0, 100]),
  ]
  const at = placeInside([bent])!
  expect(isInside(bent, at)).toBe(true)

  const holed = [square(0, 0, 100), square(10, 10, 80)]
  expect(isInside(holed, placeInside([holed])!)).toBe(true)
  expect(isInside(holed, [50, 50])).toBe(false)
})

test('a name goes to the largest part', () => {
  const parts = [[square(0, 0, 10)], [square(100, 100, 60)]]
  const at = placeInside(parts)!
  expect(at.every((place) => place > 100 && place < 160)).toBe(true)
  expect(placeInside([])).toBeUndefined()
})

const widths = { name: 80, value: 40 }
const placeOf = (outline: Point[], inside: Point) => {
  const [xs, ys] = [outline.map(([x]) => x), outline.map(([, y]) => y)]
  const box = {
    left: Math.min(...xs),
    right: Math.max(...xs),
    top: Math.min(...ys),
    bottom: Math.max(...ys),
  }
  return { inside, shape: [[outline]], box }
}

test('a name that has room stands in its area, whatever is beside it', () => {
  const wide = placeOf(square(0, 0, 100), [50, 50])
  expect(placeLabel(wide, widths, () => true)).toEqual({
    at: [50, 50],
    isInside: true,
    hasName: true,
  })
})

test('a name that would cross a border stands where nothing else is, and is else left out', () => {
  const narrow = placeOf(ring([0, 0], [60, 0], [60, 200], [0, 200]), [30, 100])
  const isFarRight = ({ left }: Box) => left > 60
  expect(placeLabel(narrow, widths, isFarRight)).toMatchObject({ isInside: false, hasName: true })
  expect(placeLabel(narrow, widths, () => false)).toEqual({
    at: [30, 100],
    isInside: true,
    hasName: false,
  })
})

test('letters end within a border that slants, not only the line through their middle', () => {
  const slanting = ring([0, 0], [200, 0], [0, 100])
  const place = placeOf(slanting, [60, 35])
  expect(placeLabel(place, { name: 116, value: 20 }, () => false)).toMatchObject({ hasName: true })
  expect(placeLabel(place, { name: 20, value: 100 }, () => false)).toMatchObject({ hasName: false })
  expect(placeLabel(place, { name: 20, value: 140 }, () => false)).toBeUndefined()
})

test('an area that is hardly larger than its name is not hidden by it while there is room beside', () => {
  const tiny = placeOf(square(0, 0, 50), [25, 25])
  const short = { name: 30, value: 30 }
  expect(placeLabel(tiny, short, () => true)).toMatchObject({ isInside: false })
  expect(placeLabel(tiny, short, () => false)).toMatchObject({ isInside: true, hasName: true })
})

test('an arrow leads to the nearest area in its direction, and no other key anywhere', () => {
  const spots = [
    { code: 'a', at: [0, 0] },
    { code: 'b', at: [50, 5] },
    { code: 'c', at: [40, 90] },
  ] as const
  expect(nextSpot(spots, 'a', 'ArrowRight')).toBe('b')
  expect(nextSpot(spots, 'a', 'ArrowDown')).toBe('c')
  expect(nextSpot(spots, 'b', 'ArrowLeft')).toBe('a')
  expect(nextSpot(spots, 'a', 'ArrowUp')).toBeUndefined()
  expect(nextSpot(spots, 'a', 'Enter')).toBeUndefined()
})
