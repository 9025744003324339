import { crc32, inflateRawSync } from 'node:zlib'
import { DraftRefusal } from './refusal.ts'

/** More than any document has. */
const MOST_ENTRIES = 2000
/** Bytes of all entries together, as they are announced: nothing of it is unpacked. */
const MOST_ANNOUNCED = 256 * 2 ** 20

const [END, ENTRY, LOCAL] = [0x06054b50, 0x02014b50, 0x04034b50]
const [STORED, DEFLATED] = [0, 8]

export interface Entry {
  name: string
  method: number
  /** As announced. */
  size: number
  packed: Buffer
}

/** The entries of a ZIP by name, packed as they are. Throws a `DraftRefusal`. */
export function entriesOf(zip: Buffer): Map<string, Entry> {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  if (end < 0 || end + 22 > zip.length || zip.readUInt32LE(end) !== END) throw broken()
  const count = zip.readUInt16LE(end + 10)
  if (count > MOST_ENTRIES) throw tooLarge(`holds more than ${MOST_ENTRIES} files`)
  const entries = new Map<string, Entry>()
  let at = zip.readUInt32LE(end + 16)
  let announced = 0
  for (let n = 0; n < count; n++) {
    const { entry, next } = entryAt(zip, at)
    if (entries.has(entry.name)) throw new DraftRefusal(415, 'The file holds a name twice.')
    announced += entry.size
    if (announced > MOST_ANNOUNCED) throw tooLarge('unpacks to more than a document holds')
    entries.set(entry.name, entry)
    at = next
  }
  return entries
}

function entryAt(zip: Buffer, at: number): { entry: Entry; next: number } {
  if (at + 46 > zip.length || zip.readUInt32LE(at) !== ENTRY) throw broken()
  if ((zip.readUInt16LE(at + 8) & 1) === 1) throw new DraftRefusal(415, 'The file is encrypted.')
  const [method, packedSize, size] = [
    zip.readUInt16LE(at + 10),
    zip.readUInt32LE(at + 20),
    zip.readUInt32LE(at + 24),
  ]
  const nameEnd = at + 46 + zip.readUInt16LE(at + 28)
  const local = zip.readUInt32LE(at + 42)
  if (local + 30 > zip.length || zip.readUInt32LE(local) !== LOCAL) throw broken()
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
  if (start + packedSize > zip.length) throw broken()
  const entry = {
    name: zip.toString('utf8', at + 46, nameEnd),
    method,
    size,
    packed: zip.subarray(start, start + packedSize),
  }
  return { entry, next: nameEnd + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32) }
}

/** What an entry holds; at most so many bytes, whatever it announces. */
export function unpack({ method, size, packed, name }: Entry, most: number): Buffer {
  if (size > most || packed.length > most)
    throw tooLarge(`unpacks to more than ${most / 2 ** 20} MB`)
  if (method === STORED) return packed
  if (method !== DEFLATED) throw new DraftRefusal(415, `The file packs ${name} in a strange way.`)
  try {
    return inflateRawSync(packed, { maxOutputLength: most })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') throw broken()
    throw tooLarge(`unpacks to more than ${most / 2 ** 20} MB, though it announces less`)
  }
}

/** A ZIP of these files, none of them packed. */
export function zipOf(files: Readonly<Record<string, string>>): Buffer {
  const parts: Buffer[] = []
  const entries: Buffer[] = []
  let length = 0
  for (const [file, text] of Object.entries(files)) {
    const [name, body] = [Buffer.from(file), Buffer.from(text)]
    const about = Buffer.alloc(26)
    about.writeUInt16LE(20, 0)
    about.writeUInt32LE(crc32(body), 10)
    about.writeUInt32LE(body.length, 14)
    about.writeUInt32LE(body.length, 18)
    about.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([uint32(LOCAL), about, name, body])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(length, 10)
    entries.push(Buffer.concat([uint32(ENTRY), uint16(20), about, rest, name]))
    parts.push(local)
    length += local.length
  }
  const directory = Buffer.concat(entries)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(directory.length, 8)
  end.writeUInt32LE(length, 12)
  return Buffer.concat([...parts, directory, uint32(END), end])
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

const broken = (): DraftRefusal => new DraftRefusal(415, 'The file is not a whole Word document.')

const tooLarge = (why: string): DraftRefusal => new DraftRefusal(413, `The file ${why}.`)
