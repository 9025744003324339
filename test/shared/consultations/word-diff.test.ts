import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffWords } from '#shared/consultations/word-diff.ts'

const marked = (before: string, after: string) =>
  diffWords(before, after)
    .map(({ kind, text }) => ({ same: text, in: `+${text}+`, out: `-${text}-` })[kind])
    .join('')

test('a change is told word by word, what goes before what comes', () => {
  expect(marked('no more than 8 knots.', 'no more than 6 knots, ever.')).toBe(
    'no more than -8-+6+ knots+, ever+.',
  )
})

test('a time or a decimal changes as a whole', () => {
  expect(marked('until 01:00, at 61.5 dB', 'until 00:30, at 61.5 dB')).toBe(
    'until -01:00-+00:30+, at 61.5 dB',
  )
})

test('Chinese is told character by character', () => {
  expect(marked('航速不得超过8节', '航速不得超过6节，不得鸣笛')).toBe(
    '航速不得超过-8节-+6节，不得鸣笛+',
  )
})

test('whatever the texts: same and out make the old one, same and in the new one', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', ' ', '节', ', '), { maxLength: 30 })
    .map((all) => all.join(''))
  fc.assert(
    fc.property(text, text, (before, after) => {
      const stretches = diffWords(before, after)
      const made = (left: 'in' | 'out') =>
        stretches.flatMap(({ kind, text }) => (kind === left ? [] : [text])).join('')
      expect([made('in'), made('out')]).toEqual([before, after])
    }),
  )
})
