import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'svelte/compiler'
import { expect, test } from 'vitest'
import en from '../web/i18n/en.json' with { type: 'json' }
import { valuesOf } from './support/message-elements.ts'

interface Node {
  type: string
  [field: string]: unknown
}

const files = readdirSync('web', { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(ts|svelte)$/.test(file))
  .map((file) => path.join('web', file))

/** A file without any is not worth the parsing. */
const CALL = /\bt(Parts)?\s*[(<?]/

/** A message without one of its values cannot be said: an exception where the page should be. */
function unsaid(source: string): string[] {
  if (!CALL.test(source)) return []
  return calls(parse(source, { modern: true })).flatMap(([key, values]) => {
    const given = namesIn(values)
    if (!given) return []
    return keysIn(key).flatMap((each) =>
      [...valuesOf(messages[each] ?? '')]
        .filter((name) => !given.includes(name))
        .map((name) => `${each}: ${name}`),
    )
  })
}

function calls(node: unknown): unknown[][] {
  const inner = children(node).flatMap(calls)
  const isCall = isNode(node) && node.type === 'CallExpression' && isNode(node.callee)
  return isCall && ['t', 'tParts'].includes(String((node.callee as Node).name))
    ? [node.arguments as unknown[], ...inner]
    : inner
}

/** Keys that are written out; one put together is only known when it is said. */
function keysIn(node: unknown): string[] {
  if (!isNode(node)) return []
  if (node.type === 'Literal') return [String(node.value)]
  if (node.type !== 'ConditionalExpression') return []
  return [...keysIn(node.consequent), ...keysIn(node.alternate)]
}

/** The names in an object that is written out; undefined for any other. */
function namesIn(node: unknown): string[] | undefined {
  if (!isNode(node)) return []
  if (node.type !== 'ObjectExpression') return undefined
  const properties = node.properties as Node[]
  if (properties.some(({ type }) => type !== 'Property')) return undefined
  return properties.map(({ key }) => String((key as Node).name))
}

const messages: Record<string, string> = en

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value

const children = (value: unknown): unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value) : []

test.each(files)('%s gives each message its values', (file) => {
  const source = readFileSync(file, 'utf8')
  const isModule = file.endsWith('.ts')

  expect(unsaid(isModule ? `<script module lang="ts">${source}</script>` : source)).toEqual([])
})

test('it finds a value that is not given, in script and markup', () => {
  const script = `<script lang="ts">const a = t(b ? 'tile.soFar' : 'none', { n: 1 })</script>`
  expect(unsaid(`${script}{t('tile.due', { hits })}{t('tile.due', words)}`)).toEqual([
    'tile.due: n',
    'tile.soFar: start',
  ])
})
