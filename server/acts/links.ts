import type { Link } from '#shared/oversight/suggestion.ts'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { placeOfContacts } from './queries.ts'

/** The page of a ticket: it is named by the source's own id, which may look like any number. */
const TICKET = /^(https:\/\/[^/?#]+)?\/tickets\/[\w-]{10}\/[^/?#]+$/

/**
 * Links of an act are told as they are, for ever: nobody takes them down. Throws a 400 that names the first in which
 * public texts would leave something out.
 */
export async function requireNoContacts(db: Db, links: readonly (string | Link)[]): Promise<void> {
  if (links.length === 0) return
  const told = links.map((link) => (typeof link === 'string' ? link : link.to))
  const place = await placeOfContacts(
    db,
    told.map((link) => (TICKET.test(link) ? '' : link)),
  )
  if (place === undefined) return
  const why =
    'Links are told for ever: they take no e-mail address, telephone number or number of an identity card.'
  throw new HttpError(400, why, { path: `links.${place}`, code: 'field.contact' })
}
