import { hash } from 'node:crypto'
import type { Db } from '../db/connect.ts'
import type { AttachmentTable } from '../db/evidence-tables.ts'
import { HttpError } from '../http/errors.ts'
import { typeOf } from './kinds.ts'
import { insertAttachment } from './queries.ts'
import { searchPdf } from './search-pdf.ts'

/** What was kept: its address is `/files/HASH`. */
export interface Attachment {
  hash: string
  kind: AttachmentTable['kind']
  type: AttachmentTable['type']
  /** As it is kept: a picture is written anew. */
  bytes: number
  width: number | null
  height: number | null
}

interface Brought {
  body: Buffer
  kind: AttachmentTable['kind']
  person: string
}

/** Checks a file by its content, writes a picture anew, and keeps it for who brought it. Throws a 409, 413 or 415. */
export async function keepFile(db: Db, { body, kind, person }: Brought): Promise<Attachment> {
  const type = await typeOf(body)
  if (kind === 'picture' && type !== 'image/png') {
    throw new HttpError(415, 'A picture of a number is a PNG.')
  }
  const safe = await safeFile(body, type)
  const digest = hash('sha256', safe.body, 'hex')
  const kept = { kind, type, width: safe.width, height: safe.height }
  const file = { ...kept, hash: Buffer.from(digest, 'hex'), body: safe.body }
  const isKept = await insertAttachment(db, file, person)
  if (!isKept) {
    const why = 'This file was taken down by law, and is not kept again.'
    throw new HttpError(409, why, { code: 'file.withheld' })
  }
  return { hash: digest, ...kept, bytes: safe.body.length }
}

async function safeFile(body: Buffer, type: Attachment['type']) {
  if (type !== 'application/pdf') return drawnAnew(body, type)
  await searchPdf(body)
  return { body, width: null, height: null }
}

/** What draws pictures is loaded with the first that comes. */
async function drawnAnew(body: Buffer, type: Exclude<Attachment['type'], 'application/pdf'>) {
  const { redraw } = await import('./redraw.ts')
  return redraw(body, type)
}
