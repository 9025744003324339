import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { pipeline, type Readable, Transform } from 'node:stream'
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
  const parser = parse({
    delimiter: options.delimiter,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_ROW,
  })
  const unzip = (await isGzip(name)) ? [createGunzip()] : []
  pipeline([file, ...unzip, decoder(options.encoding), parser], () => {})
  const rows = rowsOf(name, parser)
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

async function* rowsOf(name: string, parser: Readable): AsyncGenerator<CsvRow> {
  let ended = 0
  try {
    for await (const { record, info } of parser) {
      const line = info.lines === ended + 1 ? info.lines : info.lines - lineBreaksIn(record)
      ended = info.lines
      yield { line, cells: record }
    }
  } catch (error) {
    throw explain(error as Error, name, ended + 1)
  }
}

function lineBreaksIn(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0)
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
  if (error instanceof CsvError) return new InputError(`${where}: ${csvProblem(error)}`)
  if (error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
    return new InputError(`${where} or soon after: not in the mapping’s encoding.`)
  }
  if (error.code?.startsWith('Z_'))
    return new InputError(`${where}: damaged gzip, ${error.message}.`)
  return error
}

function csvProblem(error: CsvError): string {
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'a quote is opened and never closed.'
    case 'CSV_MAX_RECORD_SIZE':
      return `longer than ${MAX_ROW} characters: a quote may not be closed.`
    case 'CSV_INVALID_CLOSING_QUOTE':
      return `a quote is closed in the middle of a cell, on line ${error.lines}: a quote may be missing or one too many.`
    case 'INVALID_OPENING_QUOTE':
      return 'a quote begins in the middle of a cell.'
    default:
      return error.message
  }
}
