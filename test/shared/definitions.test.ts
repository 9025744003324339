import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type MeasureId, measureIds, measures } from '#shared/measures/all.ts'
import { isCount, type Measure, type Sums } from '#shared/measures/measure.ts'
import { languages } from '#shared/measures/text.ts'
import { worked } from '#shared/measures/worked.ts'

/** Every measure of the table of tickets, in its order; the durations that are refused; and those of comments and polls. */
const wanted = [
  ...['received', 'responded', 'closed', 'reopened', 'closedFinal', 'open', 'overdue', 'dueSoon'],
  ...['backlogAge', 'overdueByAge', 'responseRate', 'onTimeRate', 'onTimeRateClosed'],
  'resolutionAsserted',
  ...['resolutionConfirmed', 'resolutionGap', 'satisfactionRate', 'surveyCoverage'],
  ...['timeToRespond', 'timeToClose', 'reopenRate', 'instantCloseShare', 'transferShare'],
  ...['excluded', 'refused'],
  // Of consultations.
  ...['people', 'peopleOfProvision', 'commentsReceived', 'commentsPublished', 'commentsWithheld'],
  ...['commentsDistinct', 'stance'],
  // Of polls.
  ...['respondents', 'choice', 'agreement'],
]
const each = measureIds.map((id): [MeasureId, Measure] => [id, measures[id]])

const nothing: Sums = {
  sum: () => 0,
  histogram: () => [],
  ages: () => ({ count: 0, at: () => 0 }),
}

test('no measure is missing', () => {
  expect(measureIds).toEqual(wanted)
})

test.each(each)('I7: %s of nothing is no rate, no duration and no age', (_, measure) => {
  for (const [place, cell] of measure.compute(nothing).entries()) {
    const { name, unit } = measure.fields[place]!
    expect(cell, name).toBe(isCount(unit) ? 0 : null)
  }
  const past = measure.compute({ ...nothing, ages: () => null })
  expect(past).toEqual(measure.compute(nothing))
})

test.each(each)('I6: %s says in one place what it is', (id, measure) => {
  expect(measure.id).toBe(id)
  expect(measure.version).toBeGreaterThan(0)
  expect(measure.countedAt).toMatch(/\w/)
  expect(measure.compute(nothing)).toHaveLength(measure.fields.length)
  const names = measure.fields.map(({ name }) => name)
  expect(new Set(measure.formula.match(/\w+/g))).toEqual(new Set(names))
})

test.each(each)('%s is explained in every language, every field of it', (_, { text, fields }) => {
  for (const language of languages) {
    const { name, sentence, counted, leftOut, fields: words } = text[language]
    for (const said of [name, sentence, counted, leftOut, ...Object.values(words)]) {
      expect(said).not.toMatch(/\d\p{Script=Han}|\p{Script=Han}\d/u)
      expect(said).toMatch(language === 'zh' ? /\p{Script=Han}/u : /^[^\p{Script=Han}]+$/u)
    }
    for (const said of [sentence, leftOut]) expect(said).toMatch(/[.。]$/)
    expect(Object.keys(words)).toEqual(fields.map(({ name }) => name))
  }
})

test.each(languages)('no two measures are called or explained alike in %s', (language) => {
  for (const part of ['name', 'sentence'] as const) {
    expect(new Set(each.map(([, { text }]) => text[language][part])).size).toBe(each.length)
  }
})

test('the cards say what a reader would get wrong', () => {
  const says = (id: MeasureId) => measures[id].text.en.sentence
  expect(says('onTimeRate')).toContain('open and overdue counts as missed')
  expect(says('onTimeRate')).toContain('late reopening turns a hit into a miss')
  for (const id of ['open', 'overdue', 'dueSoon', 'backlogAge', 'overdueByAge'] as const) {
    expect(says(id)).toContain('at one instant')
  }
  for (const id of ['timeToRespond', 'timeToClose'] as const) expect(says(id)).toContain('1.4%')
  for (const id of ['onTimeRate', 'timeToClose', 'instantCloseShare', 'responseRate'] as const) {
    expect(says(id)).toContain('only dates')
  }
  expect(says('resolutionAsserted')).toContain('what citizens say is another number')
  expect(says('resolutionConfirmed')).toContain('beside what agencies say')
})

const equations = each.filter(([, { formula }]) => formula.includes(' = '))

test.each(equations)('the formula of %s is what its code computes', (_, measure) => {
  const counts = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 3, maxLength: 3 })
  fc.assert(
    fc.property(counts, (counts) => {
      const sum: Sums['sum'] = (part) => counts[measure.parts.indexOf(part)]!
      const cells = measure.compute({ ...nothing, sum })
      const cellOf = (field: string) =>
        cells[measure.fields.findIndex(({ name }) => name === field)]!
      const line = worked(measure, cellOf)
        .map((piece) => (piece.field === undefined ? piece.sign : piece.value))
        .join('')
      const [left, right] = line.replaceAll('÷', '/').replaceAll(' − ', ' - ').split(' = ')
      const value = left!
        .split(' - ')
        .map((ratio) => ratio.split(' / ').map(Number))
        .map(([hits, n]) => hits! / n!)
        .reduce((a, b) => a - b)
      expect(value).toBeCloseTo(Number(right), 9)
    }),
  )
  expect(equations).toHaveLength(12)
})

test('a worked line is the formula with numbers in the place of its fields', () => {
  const row: Record<string, number | null> = { value: 0.777, numerator: 412, n: 530 }
  expect(worked(measures.onTimeRate, (field) => row[field]!)).toEqual([
    { field: 'numerator', unit: 'tickets', value: 412 },
    { sign: ' ÷ ' },
    { field: 'n', unit: 'tickets', value: 530 },
    { sign: ' = ' },
    { field: 'value', unit: 'share', value: 0.777 },
  ])
  expect(worked(measures.timeToClose, () => null).filter(({ field }) => field)).toHaveLength(4)
})
