import { type Bytes, fromBase64, joined, toBase64 } from './bytes.ts'

export interface Signature {
  name: string
  /** The first four bytes of a hash of the key: which one signed. */
  id: number
  bytes: Bytes
}

/** A signed text (C2SP signed-note). */
export interface Note {
  /** With its last newline: what is signed. */
  text: string
  signatures: Signature[]
}

const LINE = /^— ([^\s+]+) (\S+)$/u
const CONTROL = /[\u0000-\u0009\u000b-\u001f]/
/** As many as are read; more come from nobody who means well. */
const MOST = 100

/** Undefined: it is no note. What is not exactly as it must be is none. */
export function readNote(whole: string): Note | undefined {
  const end = whole.lastIndexOf('\n\n')
  if (end < 0 || !whole.endsWith('\n') || CONTROL.test(whole) || !whole.isWellFormed()) return
  const lines = whole.slice(end + 2, -1).split('\n')
  const signatures = lines.map(readSignature)
  if (lines.length > MOST || !signatures.every((one) => one !== undefined)) return
  return { text: whole.slice(0, end + 1), signatures }
}

/** Of one line, without its newline. */
function readSignature(line: string): Signature | undefined {
  const [, name, encoded] = LINE.exec(line) ?? []
  const bytes = encoded === undefined ? undefined : fromBase64(encoded)
  if (name === undefined || !bytes || bytes.length < 5) return undefined
  return { name, id: new DataView(bytes.buffer).getUint32(0), bytes: bytes.slice(4) }
}

export function writeNote({ text, signatures }: Note): string {
  return `${text}\n${signatures.map(signatureLine).join('')}`
}

export function signatureLine({ name, id, bytes }: Signature): string {
  return `— ${name} ${toBase64(joined(idBytes(id), bytes))}\n`
}

function idBytes(id: number): Bytes {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, id)
  return bytes
}
