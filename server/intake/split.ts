import { HttpError } from '../http/errors.ts'

/** The longest event, in bytes. */
const MAX_LINE = 65_536

/** A piece of a body that should be one event. */
export interface Piece {
  /** Counted from 1. */
  line: number
  /** Undefined when it is longer than 64 kB: its bytes were dropped as they came. */
  bytes: Buffer | undefined
}

/** Takes a body as it comes and passes on one piece after the other; memory is one piece. */
export interface Splitter {
  push(chunk: Buffer): Piece[]
  /** What was left without an end. */
  end(): Piece[]
  /** Pieces that have begun, the blank ones too. */
  readonly begun: number
}

const NEWLINE = 10
/** The byte order mark that some programs put before UTF-8. */
const MARK = Buffer.from([0xef, 0xbb, 0xbf])

/** One event a line. Blank lines are counted, and passed over. */
export function splitLines(): Splitter {
  const piece = growingPiece()
  let line = 1

  function take(): Piece[] {
    const bytes = line === 1 ? withoutMark(piece.take()) : piece.take()
    const blank = bytes !== undefined && isBlank(bytes)
    const pieces = blank ? [] : [{ line, bytes }]
    line++
    return pieces
  }

  return {
    push(chunk) {
      const pieces: Piece[] = []
      let start = 0
      for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, start)) {
        piece.add(chunk.subarray(start, at))
        pieces.push(...take())
        start = at + 1
        // A million empty lines cost next to nothing.
        while (chunk[start] === NEWLINE) start++
        line += start - at - 1
      }
      piece.add(chunk.subarray(start))
      return pieces
    },
    end: () => (piece.isEmpty() ? [] : take()),
    get begun() {
      return line
    },
  }
}

function withoutMark(bytes: Buffer | undefined): Buffer | undefined {
  return bytes?.subarray(0, MARK.length).equals(MARK) ? bytes.subarray(MARK.length) : bytes
}

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c]
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d]

/** One event an element of a JSON array; `line` is the element's place. */
export function splitArray(): Splitter {
  const piece = growingPiece()
  let line = 1
  let begun = 0
  let depth = 0
  let marks = 0
  let isOver = false
  let inText = false
  let escaped = false

  /** True for a byte that belongs to no element. */
  function isFrame(byte: number): boolean {
    if (inText) {
      if (escaped) escaped = false
      else if (byte === BACKSLASH) escaped = true
      else if (byte === QUOTE) inText = false
      return false
    }
    if (byte === QUOTE) inText = true
    if (byte === OPEN_LIST || byte === OPEN_OBJECT) return depth++ === 0
    if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) return close(byte)
    return byte === COMMA && depth === 1
  }

  function close(byte: number): boolean {
    isOver = --depth === 0
    if (isOver && byte !== CLOSE_LIST) throw noArray()
    return isOver
  }

  /** True for what may stand before and after the array: space, and before it a mark. */
  function isOutside(byte: number): boolean {
    if (isSpace(byte)) return true
    return !isOver && byte === MARK[marks++]
  }

  function take(): Piece[] {
    const bytes = piece.take()
    begun++
    return bytes !== undefined && isBlank(bytes) ? [] : [{ line: line++, bytes }]
  }

  return {
    push(chunk) {
      const pieces: Piece[] = []
      let start = 0
      for (let at = 0; at < chunk.length; at++) {
        if (depth === 0 && (isOver || chunk[at] !== OPEN_LIST)) {
          if (!isOutside(chunk[at]!)) throw noArray()
          start = at + 1
          continue
        }
        if (!isFrame(chunk[at]!)) continue
        if (start < at) piece.add(chunk.subarray(start, at))
        if (piece.isEmpty()) begun++
        else pieces.push(...take())
        start = at + 1
      }
      if (depth > 0) piece.add(chunk.subarray(start))
      return pieces
    },
    end() {
      if (!isOver) throw new HttpError(400, 'The JSON array ends too early.')
      return []
    },
    get begun() {
      return begun
    },
  }
}

const noArray = () => new HttpError(400, 'The body is not a JSON array of events.')

function growingPiece() {
  let chunks: Buffer[] = []
  let length = 0
  return {
    add(chunk: Buffer): void {
      // An empty view would hold all that it is a view of.
      if (chunk.length === 0) return
      length += chunk.length
      if (length <= MAX_LINE) chunks.push(chunk)
      else chunks = []
    },
    isEmpty: () => length === 0,
    take(): Buffer | undefined {
      const bytes =
        length > MAX_LINE ? undefined : chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
      chunks = []
      length = 0
      return bytes
    },
  }
}

const isSpace = (byte: number): boolean => byte === 32 || (byte >= 9 && byte <= 13)

function isBlank(bytes: Buffer): boolean {
  return bytes.every(isSpace)
}
