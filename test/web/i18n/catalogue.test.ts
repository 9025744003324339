import { expect, test } from 'vitest'
import { refusalCodes } from '#shared/oversight/refusal.ts'
import { type Code, codes, type Key, languages } from '../../../web/i18n/languages.ts'
import { messageElements, valuesOf } from '../../support/message-elements.ts'

const english = await languages.en.load()
const keys = Object.keys(english) as Key[]
const others = codes.filter((code) => code !== 'en')

test.each(others)('%s says everything that English says, and nothing else', async (code) => {
  const catalogue = await languages[code].load()
  const said = Object.keys(catalogue)

  expect({
    missing: keys.filter((key) => !said.includes(key)),
    unknown: said.filter((key) => !keys.includes(key as Key)),
    empty: keys.filter((key) => catalogue[key] === ''),
  }).toEqual({ missing: [], unknown: [], empty: [] })
})

test.each(codes)(
  '%s says each reason for which the server refuses, in words of its own',
  async (code) => {
    const catalogue: Readonly<Record<string, unknown>> = await languages[code].load()
    const said = refusalCodes.map((one) => catalogue[`refused.${one}`])

    expect(refusalCodes.filter((_, place) => !said[place])).toEqual([])
    expect(new Set(said.map((one) => JSON.stringify(one))).size).toBe(refusalCodes.length)
  },
)

test.each(others)('each message in %s takes the values that English takes', async (code) => {
  const catalogue = await languages[code].load()

  for (const key of keys) expect(valuesOf(catalogue[key]), key).toEqual(valuesOf(english[key]))
})

test.each(codes)(
  '%s has the forms of the plural that its grammar has, and no other',
  async (code) => {
    const grammar = new Intl.PluralRules(languages[code].locale).resolvedOptions().pluralCategories
    const catalogue = await languages[code].load()

    for (const key of keys) {
      for (const forms of pluralsOf(catalogue[key]))
        expect(new Set(forms.filter((form) => !form.startsWith('='))), key).toEqual(
          new Set(grammar),
        )
    }
  },
)

test('a plural is found, wherever it stands', () => {
  const message = '{n, number} of {m, plural, one {# {k, plural, =0 {none} other {}}} other {}}'

  expect(pluralsOf(message)).toEqual([
    ['one', 'other'],
    ['=0', 'other'],
  ])
})

test.each(codes.filter(isHan))('%s is written with its own marks', async (code) => {
  const catalogue = await languages[code].load()

  for (const key of keys)
    expect(textOf(catalogue[key]), key).not.toMatch(/\p{Script=Han}[,:;.?!()]/u)
})

const pluralsOf = (message: string): string[][] =>
  messageElements(message)
    .filter(({ kind }) => kind === 'plural')
    .map(({ forms }) => forms)

const textOf = (message: string): string =>
  messageElements(message)
    .map(({ kind, value }) => (kind === 'literal' ? value : '#'))
    .join('')

function isHan(code: Code): boolean {
  return new Intl.Locale(code).maximize().script?.startsWith('Han') ?? false
}
