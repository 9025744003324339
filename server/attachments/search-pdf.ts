import { promisify } from 'node:util'
import { inflate } from 'node:zlib'
import { HttpError } from '../http/errors.ts'

const unpack = promisify(inflate)

/** Bytes that all packed objects of a file may unpack to, together. */
const MOST_UNPACKED = 32 * 2 ** 20
/** Packed lists of objects in one file. */
const MOST_LISTS = 2000

/** Behind it a name ends. */
const END = '(?![A-Za-z0-9_.+-])'

/** Names that make a file do something, carry another file, or hide what it holds. */
const refused: readonly [pattern: RegExp, what: string][] = [
  [new RegExp(`/Encrypt${END}`), 'is encrypted'],
  [new RegExp(`/JavaScript${END}`), 'holds a program'],
  // Two letters happen to stand in any picture: only with the program behind them.
  [/\/JS[\0\t\n\f\r ]*[(<%0-9]/, 'holds a program'],
  [new RegExp(`/(Launch|SubmitForm|ImportData|GoToE|GoToR)${END}`), 'opens or sends something'],
  [new RegExp(`/(EmbeddedFiles?|Filespec|RichMedia|3D)${END}`), 'carries other files'],
  [new RegExp(`/XFA${END}`), 'is a form that runs'],
]

/**
 * Throws a 415 for a PDF that holds programs, other files or actions, that is encrypted, or that packs its
 * objects so that they cannot be looked through. It is a search for names, also written with escapes and in
 * packed lists of objects, not a reader: it may miss what a reader finds by repairing a broken file, and it
 * does not look into pictures and fonts, where a fault of a reader would be used. What holds in any case is
 * that a PDF is only ever downloaded, and that its origin is a sandbox.
 */
export async function searchPdf(body: Buffer): Promise<void> {
  const text = body.toString('latin1')
  if (!text.slice(-2048).includes('%%EOF')) refuse('is not whole')
  requireHarmless(text)
  await searchLists(body, text)
}

function requireHarmless(text: string): void {
  const plain = unescaped(text)
  const found = refused.find(([pattern]) => pattern.test(plain) || pattern.test(text))
  if (found) refuse(found[1])
}

/** Objects may lie packed in streams, one after another; each is unpacked in turn and forgotten. */
async function searchLists(body: Buffer, text: string): Promise<void> {
  let left = MOST_UNPACKED
  let lists = 0
  for (const { dictionary, start, end } of streamsIn(text)) {
    if (!/\/ObjStm/.test(unescaped(dictionary))) continue
    if (++lists > MOST_LISTS || !isPlainlyPacked(dictionary)) refuse(HIDDEN)
    const list = await unpack(body.subarray(start, end), { maxOutputLength: left }).catch(() =>
      refuse(HIDDEN),
    )
    left -= list.length
    if (left <= 0) refuse(HIDDEN)
    requireHarmless(list.toString('latin1'))
  }
}

const HIDDEN = 'packs its objects in a way that cannot be looked through'

const unescaped = (text: string): string =>
  text.replaceAll(/#([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )

/** By the one usual filter, without parameters. */
function isPlainlyPacked(dictionary: string): boolean {
  const plain = unescaped(dictionary)
  const isFlate = /\/Filter\s*(\[\s*)?\/FlateDecode\s*(\]|\/|>>)/.test(plain)
  return isFlate && !/\/(DecodeParms|F|FFilter)(?![A-Za-z])/.test(plain)
}

interface Stream {
  /** What stands before it, since the object began. */
  dictionary: string
  start: number
  end: number
}

/** How far before a stream its dictionary may begin. */
const DICTIONARY = 4096

function* streamsIn(text: string): Generator<Stream> {
  const begin = /stream\r?\n/g
  for (let found = begin.exec(text); found; found = begin.exec(text)) {
    const start = found.index + found[0].length
    if (text.slice(found.index - 3, found.index) === 'end') continue
    const before = text.slice(Math.max(0, found.index - DICTIONARY), found.index)
    const next = text.indexOf('endstream', start)
    const end = next === -1 ? text.length : next
    yield { dictionary: before.slice(before.lastIndexOf(' obj') + 1), start, end }
    begin.lastIndex = end
  }
}

function refuse(why: string): never {
  throw new HttpError(415, `This PDF ${why}. Print it to a new PDF, and send that.`, {
    code: 'file.unsafe',
  })
}
