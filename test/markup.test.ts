import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'svelte/compiler'
import { expect, test } from 'vitest'

interface Node {
  type: string
  [field: string]: unknown
}

const files = readdirSync('web', { recursive: true, encoding: 'utf8' }).map((file) =>
  path.join('web', file),
)
const components = files.filter((file) => file.endsWith('.svelte'))
const stylesheets = files.filter((file) => file.endsWith('.css'))

/** Attributes that are read out or shown. */
const SPOKEN =
  /^(title|alt|label|placeholder|content|aria-(label|description|roledescription|valuetext))$/

/** What a reader meets that no catalogue knows: `Close`, `{isOpen ? 'Close' : ''}`, `title="Close"`. */
function wiredText(source: string): string[] {
  return fragmentTexts(parse(source, { modern: true }).fragment).filter((text) =>
    /\p{L}/u.test(text),
  )
}

function fragmentTexts(node: unknown): string[] {
  if (!isNode(node)) return children(node).flatMap(fragmentTexts)
  if (node.type === 'Text') return [String(node.data)]
  if (node.type === 'ExpressionTag') return results(node.expression)
  if (node.type === 'Attribute') return SPOKEN.test(String(node.name)) ? valueTexts(node.value) : []
  if (/Directive$|Expression$|^SpreadAttribute$|^ConstTag$/.test(node.type)) return []
  return children(node).flatMap(fragmentTexts)
}

const valueTexts = (value: unknown): string[] =>
  isNode(value) ? fragmentTexts(value) : children(value).flatMap(fragmentTexts)

/** The strings an expression may come to; those it passes on to a function are keys. */
function results(node: unknown): string[] {
  if (!isNode(node)) return []
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'string' ? [node.value] : []
    case 'TemplateLiteral':
      return (node.quasis as { value: { cooked: string } }[]).map(({ value }) => value.cooked)
    case 'ConditionalExpression':
      return [...results(node.consequent), ...results(node.alternate)]
    case 'LogicalExpression':
    case 'BinaryExpression':
      return node.operator === '===' ? [] : [...results(node.left), ...results(node.right)]
    default:
      return []
  }
}

const SIDES = /(^|-)(left|right|top|bottom)($|-)|^(min-|max-)?(width|height)$|^border-(x|y)/

/** Declarations that know left from right: right-to-left would need each of them a second time. */
function physical(css: string): string[] {
  const { css: sheet } = parse(`<style>${css}</style>`, { modern: true })
  return declarations(sheet)
    .filter(({ property, value }) => SIDES.test(property) || isSided(property, value))
    .map(({ property, value }) => `${property}: ${value}`)
}

function isSided(property: string, value: string): boolean {
  if (/^(text-align|float|clear|caption-side|background-position)/.test(property))
    return /\b(left|right)\b/.test(value)
  if (
    !/^(margin|padding|inset|border-(width|style|color|radius)|scroll-(margin|padding))$/.test(
      property,
    )
  )
    return /\bto (left|right)\b/.test(value)
  const parts = value.replace(/\(.*?\)+/g, '()').split(/\s+/)
  return parts.length === 4 && parts[1] !== parts[3]
}

function declarations(node: unknown): { property: string; value: string }[] {
  if (isNode(node) && node.type === 'Declaration')
    return [{ property: String(node.property), value: String(node.value) }]
  return children(node).flatMap(declarations)
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value

const children = (value: unknown): unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value) : []

const styleOf = (source: string) => /<style>(.*)<\/style>/s.exec(source)?.[1] ?? ''

/** Stands beside a label whose place the script reads off the window, where left is left. */
const allowed: Record<string, string[]> = {
  'web/board/DefinitionCard.svelte': ['inset: var(--top, 0) auto auto var(--left, 0)'],
}

test.each(components)('%s says nothing that the catalogue does not', (file) => {
  expect(wiredText(readFileSync(file, 'utf8'))).toEqual([])
})

test.each([...components, ...stylesheets])('%s knows no left and right', (file) => {
  const source = readFileSync(file, 'utf8')
  const found = physical(file.endsWith('.svelte') ? styleOf(source) : source)

  expect(found.filter((one) => !allowed[file]?.includes(one))).toEqual([])
})

test.each([
  ['<p>Close</p>', ['Close']],
  ['<p>关闭</p>', ['关闭']],
  ['<p>{#if a}now{:else}{b ? "later" : t("never")}{/if}</p>', ['now', 'later']],
  [
    '<a title="Close" aria-label={`More ${n}`} class="end" href="#top">·&nbsp;1,2</a>',
    ['Close', 'More '],
  ],
  ['<p>{t("card.close")}{`${n} – `}</p><Panel id="flow" title={t("x", { a: "b" })} />', []],
])('in %s it finds %j', (source, texts) => {
  expect(wiredText(source)).toEqual(texts)
})

test.each([
  ['a { margin-left: 1px; left: 0; padding: 0 1px 0 2px }', 3],
  ['a { text-align: right; border-top-left-radius: 1px; width: 1rem }', 3],
  ['a { margin-inline-start: 1px; inset: auto 0 0; padding: 1px 2px 3px 2px; text-align: end }', 0],
  ['@media (max-width: 60rem) { a { background: linear-gradient(to right, red, blue) } }', 1],
])('%s has %i that know left from right', (css, count) => {
  expect(physical(css)).toHaveLength(count)
})
