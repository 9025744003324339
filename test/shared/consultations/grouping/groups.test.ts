import fc from 'fast-check'
import { expect, test } from 'vitest'
import { areAlike, jaccard } from '#shared/consultations/grouping/alike.ts'
import { BANDS } from '#shared/consultations/grouping/bands.ts'
import { Groups } from '#shared/consultations/grouping/groups.ts'
import { plainText } from '#shared/consultations/grouping/plain-text.ts'
import { type Sketch, sketchOf } from '#shared/consultations/grouping/sketch.ts'
import { randomFrom } from '../../../../server/demo/random.ts'

/** Which of the texts are in one group, by their places. */
function grouped(texts: readonly string[]): number[][] {
  const { groups } = groupedAs(texts.map(sketchOf))
  return [...Map.groupBy(texts.keys(), (text) => groups.firstOf(text)).values()]
}

function groupedAs(sketches: readonly Sketch[]) {
  const groups = new Groups()
  let compared = 0
  for (const { bands, shingles } of sketches) {
    groups.add(bands, (met) => {
      compared++
      return areAlike(shingles, sketches[met]!.shingles)
    })
  }
  return { groups, compared }
}

const letter =
  'The last boat home is not a luxury. Nurses, bakers and dock crews finish after midnight, and at 1:30 half an hour means an hour’s walk round the bay.'
const 信 =
  '末班船回家不是奢侈。护士、面包师和码头工人都在午夜以后下班。早半小时，就意味着绕海湾多走一个小时，请把末班船留在2时。'

test('a letter with a sentence of one’s own is nearly the same, another letter on the same matter is not', () => {
  expect(
    grouped([
      letter,
      `${letter} Thank you.`,
      'Nurses and bakers finish after midnight: keep the last boat at two, because the walk round the bay takes an hour.',
      `Dear sirs. ${letter}`,
    ]),
  ).toEqual([[0, 1, 3], [2]])
})

test('Chinese is compared by three characters, so that a short letter is known again', () => {
  expect(
    grouped([信, `${信}谢谢。`, `${信.replace('午夜', '零时')}`, '我同意末班船开到2时。']),
  ).toEqual([[0, 1, 2], [3]])
})

test('near is not same: a changed number stays a text of its own, and in a short text another group', () => {
  const [one, other] = [letter, letter.replace('1:30', '2:30')]
  expect(grouped([one, other])).toEqual([[0, 1]])
  expect(plainText(one)).not.toBe(plainText(other))
  expect(jaccard(sketchOf(one).shingles, sketchOf(other).shingles)).toBeLessThan(1)
  expect(grouped(['Close it at 22:00.', 'Close it at 23:00.', '22时关闭。', '23时关闭。'])).toEqual(
    [...[[0], [1], [2], [3]]],
  )
})

test('capitals, widths, spaces and marks make no other text', () => {
  expect(plainText('  Ｋeep the BOAT —\n please!! ')).toBe('keep the boat please')
  expect(plainText('请保留末班船！！')).toBe(plainText('请保留末班船。'))
  expect(plainText('👍 👍')).toBe('👍 👍')
})

test('texts that say nothing, or next to nothing, are grouped only with their like', () => {
  expect(grouped(['', ' ', '…', '？', 'ok', 'OK!', 'no', '好', '好。', '𠮷', '👍'])).toEqual([
    ...[[0, 1], [2], [3], [4, 5], [6], [7, 8], [9], [10]],
  ])
})

test('a text of two hundred thousand characters is grouped as any other', () => {
  const random = randomFrom(7)
  const words = Array.from({ length: 30_000 }, () => Math.floor(random() * 1e9).toString(36))
  const huge = words.join(' ')
  expect(huge.length).toBeGreaterThan(190_000)
  expect(grouped([huge, 'short', `${huge} and more`])).toEqual([[0, 2], [1]])
})

/** Families of letters, each a chain of texts in which neighbours are nearly the same and the ends are not. */
const families = fc.array(
  fc.record({
    seed: fc.nat(),
    texts: fc.integer({ min: 1, max: 7 }),
    step: fc.integer({ min: 1, max: 14 }),
  }),
  { minLength: 1, maxLength: 4 },
)

test('the order in which texts come does not change the groups', () => {
  fc.assert(
    fc.property(families, fc.integer(), (all, seed) => {
      const texts = all.flatMap(chainOf)
      const order = shuffled([...texts.keys()], seed)
      const one = grouped(texts)
      const other = grouped(order.map((place) => texts[place]!))
      const named = other.map((group) => group.map((at) => order[at]!).sort((a, b) => a - b))
      expect(named.sort(([a], [b]) => a! - b!)).toEqual(one)
    }),
    { numRuns: 40, seed: 6 },
  )
})

test('groups are the connected parts of all pairs that meet and are alike, and joined late by a text between', () => {
  const texts = chainOf({ seed: 3, texts: 3, step: 7 })
  const [one, between, other] = texts.map(sketchOf) as [Sketch, Sketch, Sketch]
  expect(areAlike(one.shingles, other.shingles)).toBe(false)
  expect(
    areAlike(one.shingles, between.shingles) && areAlike(between.shingles, other.shingles),
  ).toBe(true)
  expect(grouped([texts[0]!, texts[2]!])).toEqual([[0], [1]])
  expect(grouped([texts[0]!, texts[2]!, texts[1]!])).toEqual([[0, 1, 2]])
})

test('a text that could not be compared when it came is compared again, with those of other groups', () => {
  const sketches = chainOf({ seed: 3, texts: 3, step: 7 }).map(sketchOf)
  const groups = new Groups()
  for (const { bands } of sketches) groups.add(bands, () => false)
  const isAlike = (one: number) => (met: number) =>
    areAlike(sketches[one]!.shingles, sketches[met]!.shingles)
  expect(groups.meetingOthers(1).sort()).toEqual([0, 2])
  groups.compare(0, isAlike(0))
  expect([0, 1, 2].map((text) => groups.firstOf(text))).toEqual([0, 0, 2])
  expect(groups.meetingOthers(1)).toEqual([2])
  groups.compare(1, isAlike(1))
  expect([0, 1, 2].map((text) => groups.firstOf(text))).toEqual([0, 0, 0])
})

test('a letter sent with 1,500 endings is compared about once each time, not with all that came before', () => {
  const ends = randomFrom(11)
  const sketches = Array.from({ length: 1501 }, () =>
    sketchOf(`${letter} ${Math.floor(ends() * 1e9).toString(36)}`),
  )
  const { groups, compared } = groupedAs(sketches.slice(0, 1500))
  expect(new Set(Array.from({ length: 1500 }, (_, text) => groups.firstOf(text))).size).toBe(1)
  expect(compared).toBeLessThan(1500 * 1.2)
  expect(groups.meeting(sketches[1500]!.bands).length).toBeLessThanOrEqual(8 * BANDS)
})

test('a text that meets thousands is compared with the newest two thousand', () => {
  const groups = new Groups()
  const { bands } = sketchOf(letter)
  for (let text = 0; text < 2300; text++) {
    groups.add(
      Uint32Array.from(bands, (key, band) => (band === 3 ? key : text * BANDS + band)),
      () => false,
    )
  }
  let compared = 0
  groups.add(bands, (met) => {
    compared++
    expect(met).toBeGreaterThanOrEqual(300)
    return false
  })
  expect(compared).toBe(2000)
})

test('groups that are restored go on as they were', () => {
  const texts = [
    { seed: 1, texts: 5, step: 8 },
    { seed: 2, texts: 4, step: 5 },
  ].flatMap(chainOf)
  const sketches = texts.map(sketchOf)
  const { groups } = groupedAs(sketches.slice(0, 6))
  const restored = new Groups()
  for (let text = 0; text < 6; text++) restored.restore(sketches[text]!.bands, groups.firstOf(text))
  for (const { bands, shingles } of sketches.slice(6)) {
    restored.add(bands, (met) => areAlike(shingles, sketches[met]!.shingles))
  }
  const whole = groupedAs(sketches).groups
  for (const text of texts.keys()) expect(restored.firstOf(text)).toBe(whole.firstOf(text))
})

function chainOf({ seed, texts, step }: { seed: number; texts: number; step: number }): string[] {
  const random = randomFrom(seed)
  const word = () => Math.floor(random() * 1e9).toString(36)
  const words = Array.from({ length: 80 }, word)
  return Array.from({ length: texts }, (_, turn) => {
    if (turn > 0) for (let n = 0; n < step; n++) words[(turn * step + n) % 80] = word()
    return words.join(' ')
  })
}

function shuffled<T>(all: T[], seed: number): T[] {
  const random = randomFrom(seed)
  return all
    .map((one) => ({ one, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one)
}
