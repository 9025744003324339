import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { pipeline, Transform } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { CsvError, type Options, parse, type Parser } from 'csv-parse'
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
  /** The rows after it. */
  rows: AsyncIterable<CsvRow>
  close(): Promise<void>
}

export interface CsvOptions {
  encoding: string
  delimiter: string
}

/** Plain or gzip, told by its first bytes and not by its name. Nothing is held but the row at hand. */
export async function openCsv(name: string, options: CsvOptions): Promise<CsvFile> {
  const { size } = await stat(name).catch((error: Error) => {
    throw new InputError(`${name} cannot be read: ${error.message}`)
  })
  const file = createReadStream(name)
  const place = { next: 1 }
  const parser = rowParser(options.delimiter, place)
  const unzip = (await isGzip(name)) ? [createGunzip()] : []
  pipeline([file, ...unzip, decoder(options.encoding), parser], () => {})
  const rows = rowsOf(name, parser, place)
  const { value: header } = await rows.next()
  if (!header) throw new InputError(`${name} is empty.`)
  return {
    name,
    size,
    bytesRead: () => file.bytesRead,
    columns: header.cells,
    rows,
    close: async () => void (await rows.return(undefined)),
  }
}

/** Where in the file a parser is: the line on which the next row begins. */
interface Place {
  next: number
}

/** The parser's own count of lines knows nothing of line breaks inside cells. */
function rowParser(delimiter: string, place: Place): Parser {
  let emptyLines = 0
  const options: Options<CsvRow, string[]> = {
    delimiter,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_ROW,
    on_record(cells, { empty_lines }) {
      const line = place.next + empty_lines - emptyLines
      emptyLines = empty_lines
      place.next = line + 1 + lineBreaksIn(cells)
      return { line, cells }
    },
  }
  return parse(options as unknown as Options)
}

function lineBreaksIn(cells: readonly string[]): number {
  let breaks = 0
  for (const cell of cells) {
    if (cell.includes('\n')) breaks += cell.split('\n').length - 1
  }
  return breaks
}

async function* rowsOf(name: string, parser: Parser, place: Place): AsyncGenerator<CsvRow> {
  try {
    yield* parser
  } catch (error) {
    throw explain(error as Error, name, place.next)
  }
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
