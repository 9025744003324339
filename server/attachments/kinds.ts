import type { AttachmentTable } from '../db/evidence-tables.ts'
import { HttpError } from '../http/errors.ts'

export type FileType = AttachmentTable['type']

const WANTED = 'Send a PNG, JPEG or WebP picture, or a PDF.'

/** What each type begins with, so that nothing else is ever looked into. */
const beginnings: readonly [type: FileType, matches: (body: Buffer) => boolean][] = [
  ['image/png', (body) => body.subarray(0, 8).toString('latin1') === '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', (body) => body.subarray(0, 3).toString('latin1') === '\xff\xd8\xff'],
  ['image/webp', (body) => /^RIFF.{4}WEBP/s.test(body.toString('latin1', 0, 12))],
  ['application/pdf', (body) => body.subarray(0, 5).toString('latin1') === '%PDF-'],
]

/** The type by content alone, whatever the sender calls it. Throws a 415. */
export async function typeOf(body: Buffer): Promise<FileType> {
  const type = beginnings.find(([, matches]) => matches(body))?.[0]
  if (!type) throw new HttpError(415, `This is no file of a type that is kept. ${WANTED}`)
  // Loaded with the first file that comes: most servers start for who only reads.
  const { fileTypeFromBuffer } = await import('file-type')
  const found = await fileTypeFromBuffer(body)
  if (found?.mime === type) return type
  const what = found?.mime === 'image/apng' ? 'A moving picture' : 'This file'
  throw new HttpError(415, `${what} is not of a type that is kept. ${WANTED}`)
}
