import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { pipeline, Transform } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { CsvError, parse } from 'csv-parse'
import { InputError } from './input-error.ts'

/** The longest row: a quote that is never closed must not swallow the rest of a file. */
const MAX_ROW = 1_000_000

export interface CsvRow {
  /** Where the row begins in the file, counted from 1. */
  line: number
  cells: string[]
}

export interface CsvFile {
  name: string
  /** Of the file as it lies on the disk. */
  size: number
  bytesRead(): number
  /** The names in the first row. */
  columns: readonly string[]
  /** The rows after it, as many at a time as come together. */
  rows: AsyncIterable<readonly CsvRow[]>
  close(): Promise<void>
}

export interface CsvOptions {
  encoding: string
  delimiter: string
}

/** Plain or gzip, told by its first bytes and not by its name. Nothing is held but the piece at hand. */
export async function openCsv(name: string, options: CsvOptions): Promise<CsvFile> {
  const { size } = await stat(name).catch((error: Error) => {
    throw new InputError(`${name} cannot be read: ${error.message}`)
  })
  const file = createReadStream(name)
  const unzip = (await isGzip(name)) ? [createGunzip()] : []
  const text = decoder(options.encoding)
  pipeline([file, ...unzip, text], () => {})
  const pieces = piecesOf(name, text, rowCutter(options.delimiter))
  const { header, rows } = await beheaded(pieces)
  if (!header) throw new InputError(`${name} is empty.`)
  return {
    name,
    size,
    bytesRead: () => file.bytesRead,
    columns: header.cells,
    rows,
    close: async () => void (await pieces.return(undefined)),
  }
}

type Pieces = AsyncGenerator<CsvRow[], void, undefined>

async function* piecesOf(name: string, text: AsyncIterable<string>, cutter: Cutter): Pieces {
  try {
    for await (const piece of text) yield* cutter.cut(piece)
    yield* cutter.end()
  } catch (error) {
    throw explain(error as Error, name, cutter.line)
  }
}

/** The first row of all, and the others. */
async function beheaded(pieces: Pieces) {
  for (;;) {
    const { value, done } = await pieces.next()
    if (done) return { header: undefined, rows: pieces }
    const [header, ...others] = value
    if (header) return { header, rows: others.length > 0 ? followed(others, pieces) : pieces }
  }
}

async function* followed(first: CsvRow[], pieces: Pieces): Pieces {
  yield first
  yield* pieces
}

type Cutter = ReturnType<typeof rowCutter>

/** Cuts text into rows. The parser's own count of lines knows nothing of line breaks inside cells. */
function rowCutter(delimiter: string) {
  let rows: CsvRow[] = []
  let line = 1
  let emptyLines = 0
  const parser = parse({
    delimiter,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_ROW,
    on_record(cells: string[], { empty_lines }) {
      line += empty_lines - emptyLines
      emptyLines = empty_lines
      rows.push({ line, cells })
      line += 1 + lineBreaksIn(cells)
    },
  })
  // Rows are taken as they are found: the parser's own stream of them, one by one, costs as much again.
  parser.resume().on('error', () => {})

  /** What was found is passed on before the error that came after it. */
  async function* found(give: (done: (error?: Error | null) => void) => void) {
    const error = await new Promise<Error | null | undefined>(give)
    const ready = rows
    rows = []
    yield ready
    if (error) throw error
  }

  return {
    cut: (text: string) => found((done) => parser.write(text, done)),
    end: () => found((done) => parser.end(done)),
    /** On which the next row begins. */
    get line() {
      return line
    },
  }
}

function lineBreaksIn(cells: readonly string[]): number {
  let breaks = 0
  for (const cell of cells) {
    if (cell.includes('\n')) breaks += cell.split('\n').length - 1
  }
  return breaks
}

async function isGzip(name: string): Promise<boolean> {
  await using file = await open(name)
  const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0)
  return buffer[0] === 0x1f && buffer[1] === 0x8b
}

/** Refuses bytes that are not of the encoding: they would come out as other letters. */
function decoder(encoding: string): Transform {
  const text = new TextDecoder(encoding, { fatal: true })
  return new Transform({
    transform: (chunk: Buffer, _, done) => decode(() => text.decode(chunk, { stream: true }), done),
    flush: (done) => decode(() => text.decode(), done),
  })
}

function decode(read: () => string, done: (error: Error | null, text?: string) => void): void {
  try {
    done(null, read())
  } catch (error) {
    done(error as Error)
  }
}

function explain(error: NodeJS.ErrnoException, name: string, line: number): Error {
  const where = `${name}, the row that begins on line ${line}`
  if (error instanceof CsvError)
    return new InputError(`${where}: ${csvProblems[error.code] ?? error.message}`)
  if (error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
    return new InputError(`${where} or soon after: not in the mapping’s encoding.`)
  }
  if (error.code?.startsWith('Z_'))
    return new InputError(`${where}: damaged gzip, ${error.message}.`)
  return error
}

const csvProblems: Partial<Record<CsvError['code'], string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote is opened and never closed.',
  CSV_MAX_RECORD_SIZE: `longer than ${MAX_ROW} characters: a quote may not be closed.`,
  CSV_INVALID_CLOSING_QUOTE:
    'a quote is closed in the middle of a cell: one may be missing or one too many.',
  INVALID_OPENING_QUOTE: 'a quote begins in the middle of a cell.',
}
