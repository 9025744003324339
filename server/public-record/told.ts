import type { Change } from '#shared/oversight/correction.ts'
import type { Dimension } from '#shared/ticket.ts'
import { ticketPath } from '#shared/tickets.ts'
import type { Directory } from '../dimensions/directory.ts'
import { toldChanges } from '../tickets/corrections.ts'
import type { ActRow } from './queries.ts'

const members = ['agency', 'area', 'category'] as const

/** What members are called, and of which dimensions the city tells single things. */
export interface Telling {
  directory: Directory
  opened: readonly Dimension[]
}

/** An act as everybody is told it: who did it as the public register has it, members by code, never a person. */
export function toldAct(row: ActRow, telling: Telling) {
  const { id, at, kind, subject, version, seq, hash, names, texts, withheld } = row
  return {
    id,
    at: new Date(at).toISOString(),
    kind,
    subject,
    href: hrefOfAct(row),
    version,
    by: byOf(row),
    ...placeOf(row, telling),
    body: bodyOf(row, telling),
    names,
    texts: texts ?? {},
    withheld: withheld ?? {},
    seq,
    hash,
  }
}

export type ToldAct = ReturnType<typeof toldAct>

/** Null: the system. */
function byOf({ role, appointmentId, observer }: ActRow) {
  if (role === null) return null
  if (observer === null) return { role }
  return { role, observer: { id: appointmentId, name: observer } }
}

/** A suggestion says itself where it lies; where a flag lies follows from evidence, and may not be public. */
const isSaid = ({ subject }: ActRow): boolean => subject.startsWith('suggestion:')

function placeOf(row: ActRow, { directory, opened }: Telling) {
  const told = members.filter((name) => isSaid(row) || opened.includes(name))
  return Object.fromEntries(told.map((name) => [name, codeOf(row[name], directory)]))
}

/** Members by the codes that hold now; `to` is the agency of a transfer, as public as where it lies. */
function bodyOf(row: ActRow, telling: Telling): Record<string, unknown> {
  const { body, kind } = row
  const { directory, opened } = telling
  if (kind === 'ticket.corrected') {
    return { ...body, changes: toldChanges(body.changes as Change[], telling) }
  }
  const { to, ...rest } = body
  const said = isSaid(row) || opened.includes('agency') ? body : rest
  const coded = [...members, 'to'].filter((name) => said[name] !== undefined)
  return {
    ...said,
    ...Object.fromEntries(coded.map((name) => [name, codeOf(said[name], directory)])),
  }
}

const codeOf = (id: unknown, directory: Directory): string | null =>
  typeof id === 'number' ? directory.codeOf(directory.rootOf(id)) : null

/** Whose acts are told with the consultation that they name. */
const ofConsultations = ['confirmation', 'reply', 'form', 'moderation']

/** What was taken down is told where it stood, a draft with its consultation, a statement with its poll. */
function ofWhat({ subject, body }: ActRow): string {
  const noun = subject.split(':', 1)[0]!
  if (ofConsultations.includes(noun)) return `consultation:${String(body.consultation)}`
  if (noun === 'ruling') return `poll:${String(body.poll)}`
  return subject.startsWith('withholding:') ? String(body.of) : subject
}

const folders: Partial<Record<string, string>> = {
  flag: 'flags',
  suggestion: 'suggestions',
  consultation: 'consultations',
  poll: 'polls',
}

/** A correction stands on the page of its ticket. */
function hrefOfAct(row: ActRow): string | null {
  if (row.kind !== 'ticket.corrected') return hrefOf(ofWhat(row))
  const [, mark, id] = /^([^/]*)\/(.*)$/s.exec(row.body.ticket as string)!
  return `/${ticketPath({ mark: mark!, id: id! })}`
}

/** Where the page shows a subject; null where it shows none. */
export function hrefOf(subject: string): string | null {
  const [noun = '', id] = subject.split(':')
  return folders[noun] === undefined ? null : `/${folders[noun]}/${id}`
}
