import { IntlMessageFormat } from 'intl-messageformat'
import { expect, test } from 'vitest'
import { type Code, codes, type Key, languages } from '../../../web/i18n/languages.ts'

type Element = ReturnType<IntlMessageFormat['getAst']>[number]

const english = await languages.en.load()
const keys = Object.keys(english) as Key[]
const others = codes.filter((code) => code !== 'en')

const elementsOf = (message: string): Element[] =>
  new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true }).getAst().flatMap(withInner)

/** An element, and all that stand in the branches of a plural or a select. */
function withInner(element: Element): Element[] {
  if (!('options' in element)) return [element]
  const inner = Object.values(element.options).flatMap(({ value }) => value)
  return [element, ...inner.flatMap(withInner)]
}

const isArgument = (element: Element) => !['literal', 'pound'].includes(kindOf(element))
const kindOf = (element: Element): string =>
  ['literal', 'argument', 'number', 'date', 'time', 'select', 'plural', 'pound'][element.type]!

const argumentsOf = (message: string) =>
  new Set(
    elementsOf(message)
      .filter(isArgument)
      .map((element) => ('value' in element ? element.value : '')),
  )

test.each(others)('%s says everything that English says, and nothing else', async (code) => {
  const catalogue = await languages[code].load()
  const said = Object.keys(catalogue)

  expect({
    missing: keys.filter((key) => !said.includes(key)),
    unknown: said.filter((key) => !keys.includes(key as Key)),
    empty: keys.filter((key) => catalogue[key] === ''),
  }).toEqual({ missing: [], unknown: [], empty: [] })
})

test.each(others)('each message in %s takes the values that English gives it', async (code) => {
  const catalogue = await languages[code].load()

  for (const key of keys)
    expect(argumentsOf(catalogue[key]), key).toEqual(argumentsOf(english[key]))
})

test.each(codes)(
  '%s has each form of the plural that its grammar has, and no other',
  async (code) => {
    const forms = new Intl.PluralRules(languages[code].locale).resolvedOptions().pluralCategories
    const catalogue = await languages[code].load()

    for (const key of keys) {
      for (const written of pluralsOf(catalogue[key]))
        expect(written.filter((form) => !form.startsWith('=')).sort(), key).toEqual(
          [...forms].sort(),
        )
    }
  },
)

test('a plural is found, wherever it stands', () => {
  expect(
    pluralsOf('{n, number} of {m, plural, one {# {k, plural, =0 {none} other {}}} other {}}'),
  ).toEqual([
    ['one', 'other'],
    ['=0', 'other'],
  ])
})

test.each(codes.filter(isHan))('%s is written with its own marks', async (code) => {
  const catalogue = await languages[code].load()

  for (const key of keys)
    expect(literals(catalogue[key]), key).not.toMatch(/\p{Script=Han}[,:;.?!()]/u)
})

function pluralsOf(message: string): string[][] {
  return elementsOf(message)
    .filter((element) => kindOf(element) === 'plural')
    .map((element) => ('options' in element ? Object.keys(element.options) : []))
}

function isHan(code: Code): boolean {
  return new Intl.Locale(code).maximize().script?.startsWith('Han') ?? false
}

const literals = (message: string): string =>
  elementsOf(message)
    .map((element) => (kindOf(element) === 'literal' && 'value' in element ? element.value : '#'))
    .join('')
