import { expect, test } from 'vitest'
import { splitArray, splitLines, type Splitter } from '../../../server/intake/split.ts'

/** The pieces of a body that comes in parts of so many bytes. */
function cut(splitter: Splitter, body: string | Buffer, size: number): (string | undefined)[] {
  const bytes = Buffer.from(body)
  const pieces = []
  for (let at = 0; at < bytes.length; at += size) {
    pieces.push(...splitter.push(bytes.subarray(at, at + size)))
  }
  return [...pieces, ...splitter.end()].map((piece) => piece.bytes?.toString())
}

const MARK = '\ufeff'

test.each([1, 2, 3, 7, 1000])('a body is cut alike when it comes in parts of %i bytes', (size) => {
  const array = ` \n[ {"a":"]},{"} , [1,[2]] ,"x\\"]" , 7 ] \n`
  const elements = [' {"a":"]},{"} ', ' [1,[2]] ', '"x\\"]" ', ' 7 ']

  expect(cut(splitArray(), array, size)).toEqual(elements)
  expect(cut(splitArray(), MARK + array, size)).toEqual(elements)
  expect(cut(splitLines(), `${MARK}a\n\n\r\nb\nc`, size)).toEqual(['a', 'b', 'c'])
})

test.each([
  ['that closes with a brace', '[}'],
  ['whose element closes it', '[{"a":1]}'],
  ['after which another begins', '[][1]'],
  ['after which something stands', '[1]x'],
  ['with half a mark', '\u00ef[1]'],
  ['with a mark in the wrong place', ` x${MARK}[1]`],
  ['that ends too early', '[1'],
  ['that never begins', '   '],
])('an array %s is none', (_, body) => {
  for (const size of [1, 1000]) expect(() => cut(splitArray(), body, size)).toThrow()
})

test('blank lines count as lines', () => {
  const splitter = splitLines()
  const [piece] = splitter.push(Buffer.from('\n\n\n\nx\n'))

  expect(piece!.line).toBe(5)
  expect(splitter.begun).toBe(6)
})
