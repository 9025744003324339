import express from 'express'
import { pino } from 'pino'
import type { Attachment } from '../../../server/attachments/keep-file.ts'
import {
  type AttachmentOptions,
  attachmentRoutes,
  fileRoutes,
} from '../../../server/attachments/routes.ts'
import { sendError } from '../../../server/http/errors.ts'
import { serverOf } from '../../../server/http/refuse-malformed.ts'
import { securityHeaders } from '../../../server/http/security.ts'
import { listen } from '../../../server/listen.ts'
import { freshDatabase } from '../../support/database.ts'

type Sent = Partial<Attachment> & {
  status: number
  error?: string
  code?: string
  retryAfter: string | null
}

/** Attachments over HTTP, with a database; who asks is who the header `x-person` says. */
export async function attachmentServer(options: Partial<AttachmentOptions> = {}) {
  const database = await freshDatabase()
  const personOf: AttachmentOptions['personOf'] = async (req) => {
    const id = req.get('x-person')
    return id === undefined ? undefined : { id, name: id }
  }
  const all = { db: database.db, personOf, ...options }
  const web = express().use(securityHeaders(undefined))
  web.use('/api/v1', attachmentRoutes(all)).use('/files', fileRoutes(all))
  web.use(sendError(pino({ level: 'silent' })))
  const http = serverOf(web)
  const port = await listen(http, { port: 0, host: '127.0.0.1' })
  const origin = `http://127.0.0.1:${port}`

  return {
    ...database,
    origin,
    port,
    async send(
      body: string | Buffer | ReadableStream,
      { person = 'ada', query = '', headers = {} as Record<string, string> } = {},
    ): Promise<Sent> {
      const answer = await fetch(`${origin}/api/v1/attachments${query}`, {
        method: 'POST',
        headers: { ...(person && { 'x-person': person }), ...headers },
        body,
        duplex: 'half',
      } as RequestInit)
      const told = (await answer.json()) as object
      return { status: answer.status, retryAfter: answer.headers.get('retry-after'), ...told }
    },
    file: (hash: string, person?: string, headers: Record<string, string> = {}) =>
      fetch(`${origin}/files/${hash}`, {
        headers: { ...(person && { 'x-person': person }), ...headers },
      }),
    async [Symbol.asyncDispose]() {
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
      await database[Symbol.asyncDispose]()
    },
  }
}
