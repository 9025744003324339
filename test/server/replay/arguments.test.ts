import { expect, test } from 'vitest'
import { readArguments } from '../../../server/replay/arguments.ts'

const read = (text: string, env = {}) => readArguments(text.split(' '), env)

test('plays at the speed of time unless told otherwise', () => {
  expect(read('a.csv --as boston-311')).toMatchObject({
    files: ['a.csv'],
    mapping: 'boston-311',
    speed: 1,
    shift: false,
    server: undefined,
  })
  expect(read('a.csv --as b --speed 600')).toMatchObject({ speed: 600 })
  expect(read('a.csv --as b --speed max')).toMatchObject({ speed: Infinity })
  expect(read('a.csv --as b --shift now')).toMatchObject({ shift: true })
})

test('a server’s key may come from the environment, out of sight of other users', () => {
  const server = { url: 'http://localhost:3000', key: 'clr_1' }

  expect(read('a.csv --as b --to http://localhost:3000', { SOURCE_KEY: 'clr_1' }).server).toEqual(
    server,
  )
})

test.each([
  ['a.csv', /npm run replay/],
  ['--as b', /npm run replay/],
  ['a.csv --as b --speed 0', /--speed is a number above 0/],
  ['a.csv --as b --speed fast', /--speed is a number above 0/],
  ['a.csv --as b --shift yesterday', /--shift knows only now/],
  ['a.csv --as b --shift now --speed 60', /goes with --speed 1/],
  ['a.csv --as b --to localhost', /--to is an address/],
  ['a.csv --as b --to http://localhost:3000', /needs the key of a source/],
  ['a.csv --as b --fast', /--fast/],
])('%s is refused', (text, problem) => {
  expect(() => read(text)).toThrow(problem)
})
