import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const textOf = (file: string) => readFileSync(file, 'utf8')

/** Cells of the rows of all tables, without their heads. */
const rowsOf = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.slice(1, -1).split('|'))
    .map((cells) => cells.map((cell) => cell.trim()))

test('every bench stands in the table of them, and nothing else does', () => {
  const { 1: table = '' } = textOf('CONTRIBUTING.md').split('| bench ')
  const told = rowsOf(table.split('\n\n')[0]!).flatMap(
    ([name = '']) => /^`([\w-]+)`$/.exec(name)?.[1] ?? [],
  )
  const listed = textOf('test/bench/benches.ts').matchAll(/\{ name: '([\w-]+)'/g)
  expect(told.sort()).toEqual(Array.from(listed, ([, name]) => name!).sort())
})

test('every test that the page on safety names is there, and every row says how it stands', () => {
  const text = textOf('docs/security.md')
  const named = Array.from(
    text.matchAll(/`((?:server|browser|shared|web)\/[\w/.*-]+)`/g),
    ([, file]) => file!,
  )
  const isTest = (file: string) => file.endsWith('.test.ts') && !file.includes('*')
  expect(named.filter(isTest).length).toBeGreaterThan(60)
  expect(named.filter((file) => isTest(file) && !existsSync(path.join('test', file)))).toEqual([])

  const rows = rowsOf(text).filter(
    ([row = '', ...rest]) => /^\d+\.\d/.test(row) && rest.length === 3,
  )
  expect(rows.length).toBeGreaterThan(120)
  const stands = /^(yes|partly|reading|not yet|operator|n\/a)\b/
  expect(rows.filter(([, , , shown = '']) => !stands.test(shown))).toEqual([])
  // What is met names its test, by its file or by a word that the head of the page gives it; or what to read.
  const words = Array.from(text.matchAll(/_(\w+)_\s(?:is\s)?`server\//g), ([, word]) => word!)
  expect(words.length).toBeGreaterThan(6)
  const test = new RegExp(`\\.test\\.ts\`|\\*|\`shared/|the same|\\b(${words.join('|')})\\b`)
  const namesNone = ([, , , shown = '']: string[]) =>
    (/^(yes|partly)\b/.test(shown) && !test.test(shown)) ||
    (/^reading\b/.test(shown) && !/`[\w/-]+\.ts`|\]\(|README/.test(shown))
  expect(rows.filter(namesNone)).toEqual([])
})
