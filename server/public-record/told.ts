import type { Directory } from '../dimensions/directory.ts'
import type { ActRow } from './queries.ts'

const members = ['agency', 'area', 'category'] as const

/** An act as everybody is told it: who did it as the public register has it, members by code, never a person. */
export function toldAct(row: ActRow, directory: Directory) {
  const { id, at, kind, subject, version, seq, hash, names, texts } = row
  return {
    id,
    at: new Date(at).toISOString(),
    kind,
    subject,
    href: hrefOf(subject),
    version,
    by: byOf(row),
    ...codesIn(row, directory),
    body: { ...row.body, ...codesIn(row.body, directory) },
    names,
    texts: texts ?? {},
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

/** Those of its members that it has, by the codes that hold now. */
function codesIn(row: Partial<Record<(typeof members)[number], unknown>>, directory: Directory) {
  const told = members.filter((name) => row[name] !== undefined)
  return Object.fromEntries(told.map((name) => [name, codeOf(row[name], directory)]))
}

const codeOf = (id: unknown, directory: Directory): string | null =>
  typeof id === 'number' ? directory.codeOf(directory.rootOf(id)) : null

const folders: Partial<Record<string, string>> = { flag: 'flags', suggestion: 'suggestions' }

/** Where the page shows a subject; null where it shows none. */
export function hrefOf(subject: string): string | null {
  const [noun = '', id] = subject.split(':')
  return folders[noun] === undefined ? null : `/${folders[noun]}/${id}`
}
