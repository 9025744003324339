import { type Request, type Response, Router } from 'express'
import { Hash } from '#shared/oversight/frozen.ts'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { rateLimit } from '../http/rate-limit.ts'
import { type Attachment, keepFile } from './keep-file.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { attachmentOf, bodyOf, type Listed } from './queries.ts'
import { LARGEST, readBody } from './read-body.ts'

export interface Person {
  id: string
  name: string
}

export interface AttachmentOptions {
  db: Db
  /** Who asks; undefined for the public. */
  personOf: (req: Request) => Promise<Person | undefined>
  /** Files of a person in ten minutes. */
  filesInTenMinutes?: number
}

const PICTURE = 2 ** 20

/**
 * `POST /attachments[?kind=picture]`, the body a file as it is: 201 with an `Attachment`. 401 nobody is signed
 * in · 409 it was taken down by law · 411 no length · 413 larger than 10 MB (a picture of a number: 1 MB) or than 50 million pixels ·
 * 415 not a whole PNG, JPEG, WebP or harmless PDF, by its content · 429 with `Retry-After` · 503.
 * Only who sent it sees it until an act publishes it; after a day without one it is gone.
 */
export function attachmentRoutes({ db, personOf, filesInTenMinutes = 60 }: AttachmentOptions) {
  const oneByOne = oneAtATime()
  const files = rateLimit({
    windows: [{ points: filesInTenMinutes, seconds: 600 }],
    of: 'files from you',
  })

  return Router().post('/attachments', async (req, res) => {
    const person = await personOf(req)
    if (!person) throw new HttpError(401, 'Sign in to send a file.', { code: 'sign-in' })
    const kind = kindOf(req)
    const kept = await oneByOne(person.id, async () => {
      await files.spend(person.id)
      const body = await readBody(req, kind === 'picture' ? PICTURE : LARGEST)
      return keepFile(db, { body, kind, person: person.id })
    })
    res.status(201).set('cache-control', 'no-store')
    res.json(kept satisfies Attachment)
  })
}

function kindOf({ query: { kind = 'file' } }: Request): Attachment['kind'] {
  if (kind === 'file' || kind === 'picture') return kind
  throw new HttpError(400, 'kind is file or picture.', { path: 'kind' })
}

/**
 * `GET /HASH`: a file, in a sandbox; a PDF only as a download. 404 also for what is not published and not one's
 * own; 410 with the day and the ground for what was taken down by law.
 */
export function fileRoutes({ db, personOf }: AttachmentOptions): Router {
  return Router().get('/:hash', async (req, res) => {
    const { success, data: hash } = Hash.safeParse(req.params.hash)
    const found = success ? await seenBy(await personOf(req), hash) : undefined
    if (!success || !found) throw new HttpError(404, 'There is no file at this address.')
    if (found.withheld) throw goneFor(found.withheld)
    setHeaders(res, hash, found)
    if (req.get('if-none-match') === `"${hash}"`) return void res.status(304).end()
    const body = await bodyOf(db, hash)
    if (!body) throw new HttpError(404, 'There is no file at this address.')
    res.end(body)
  })

  async function seenBy(person: Person | undefined, hash: string): Promise<Listed | undefined> {
    const found = await attachmentOf(db, hash, person?.id)
    return found && (found.publishedAt !== null || found.isOwn) ? found : undefined
  }
}

function goneFor({ at, ground }: NonNullable<Listed['withheld']>): HttpError {
  const day = new Date(at).toISOString().slice(0, 10)
  return new HttpError(410, `This file was taken down on ${day}: ${ground}.`, {
    code: 'file.withheld',
  })
}

/**
 * What is not public yet is nobody else's to keep. What is may be taken down: who keeps it asks each time
 * whether it is still there, and is answered without the file.
 */
function setHeaders(res: Response, hash: string, { type, publishedAt }: Listed): void {
  const isPublic = publishedAt !== null
  res.set({
    'content-type': type,
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': isPublic ? 'public, no-cache' : 'private, no-store',
    etag: `"${hash}"`,
  })
  const name = `${hash.slice(0, 12)}.pdf`
  if (type === 'application/pdf') res.set('content-disposition', `attachment; filename="${name}"`)
}
