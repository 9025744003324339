import type { ColumnType, Generated } from 'kysely'

/** Of files that people brought, as they were written anew. */
export interface AttachmentTable {
  hash: Uint8Array
  /** `picture`: what a page drew of a number. */
  kind: 'file' | 'picture'
  type: 'image/png' | 'image/jpeg' | 'image/webp' | 'application/pdf'
  /** Null: the file was taken down. */
  body: ColumnType<Uint8Array | null, Uint8Array, null>
  /** Of an image. */
  width: number | null
  height: number | null
  publishedAt: Generated<number | null>
}

/** Words of a comment that evidence only commits to. */
export interface EvidenceTextTable {
  evidence: Uint8Array
  name: string
  salt: Uint8Array
  text: string
  sourceId: number
  commentId: string
}

export interface EvidenceTable {
  hash: Uint8Array
  body: ColumnType<unknown, unknown, never>
  canonical: ColumnType<string, string, never>
  picture: ColumnType<Uint8Array | null, Uint8Array | null, never>
  at: ColumnType<number, never, never>
}
