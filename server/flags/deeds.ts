import type { z } from 'zod'
import type { Place } from '#shared/oversight/act.ts'
import type { EvidenceKind, Flag, FlagDeed } from '#shared/oversight/flag.ts'
import type { Db } from '../db/connect.ts'
import type { Directory } from '../dimensions/directory.ts'
import { HttpError } from '../http/errors.ts'
import { parse } from '../http/parse.ts'
import {
  Accepted,
  OnlyVersion,
  Answered,
  Corrected,
  Joined,
  Noted,
  type Opened,
  Settled,
  Transferred,
  WithReason,
} from './forms.ts'
import {
  firstDeadlines,
  type Reckoning,
  settlementDeadline,
  wordDeadline,
  workingDaysSince,
} from './reckoning.ts'
import { templateById } from './template-queries.ts'

/** What is to be done, and the version of the flag that the person saw. */
export interface Told {
  deed: FlagDeed
  seen?: number | undefined
}

/** What it takes to make a deed of what a form says. */
export interface Reading {
  flag: Flag
  reckoning: Reckoning
  directory: Directory
}

export interface Frozen {
  hash: string
  about: Place
  kind: EvidenceKind
  /** As flags are found by it: `Opened` says how. */
  on: string
  /** Hash of the picture of it, where the page made one: published with the flag. */
  picture?: string | null
}

/** What a claim shows to be right, of which nothing is kept yet. */
export interface Weighed extends Frozen {
  /** Keeps it, in the transaction of the act that points at it; throws a 404 where the person did not bring its picture. */
  keep(trx: Db, person: string): Promise<unknown>
}

export function openedFrom(
  { claim: _, text, ...form }: z.infer<typeof Opened>,
  frozen: Frozen,
  reckoning: Reckoning,
): FlagDeed {
  const { agency, area, category } = frozen.about
  const deadlines = firstDeadlines(reckoning, form.severity)
  const evidence = { evidence: frozen.hash, evidenceKind: frozen.kind, on: frozen.on }
  return {
    kind: 'flag.opened',
    body: { ...form, ...evidence, ...deadlines },
    texts: { text, place: JSON.stringify({ agency, area, category }) },
  }
}

/** By the last part of the route: the deed that a form tells. Throws a 400 that names what is wrong. */
export const deeds: Record<string, (body: unknown, reading: Reading) => Told> = {
  acknowledgement(body) {
    const { version } = parse(OnlyVersion, body)
    return { deed: { kind: 'flag.acknowledged', body: {}, texts: {} }, seen: version }
  },
  answer(body, reading) {
    const { version, ...form } = parse(Answered, body)
    return { deed: answeredFrom(form, reading), seen: version }
  },
  acceptance(body) {
    const { version, text } = parse(Accepted, body)
    return { deed: { kind: 'flag.accepted', body: {}, texts: { text } }, seen: version }
  },
  dispute(body, { flag, reckoning }) {
    const { version, reason } = parse(WithReason, body)
    const deadline = settlementDeadline(reckoning, flag.severity)
    return { deed: { kind: 'flag.disputed', body: deadline, texts: { reason } }, seen: version }
  },
  settlement(body) {
    const { version, text, for: side } = parse(Settled, body)
    return { deed: { kind: 'flag.settled', body: { for: side }, texts: { text } }, seen: version }
  },
  withdrawal(body) {
    const { version, reason } = parse(WithReason, body)
    return { deed: { kind: 'flag.withdrawn', body: {}, texts: { reason } }, seen: version }
  },
  transfer(body, { directory }) {
    const { version, to: code, reason } = parse(Transferred, body)
    const to = code === null ? null : agencyNamed(code, { directory, path: 'to' })
    return { deed: { kind: 'flag.transferred', body: { to }, texts: { reason } }, seen: version }
  },
  joining(body) {
    const { version, text, language } = parse(Joined, body)
    return { deed: { kind: 'flag.joined', body: { language }, texts: { text } }, seen: version }
  },
  notes(body) {
    const { version, text, ...rest } = parse(Noted, body)
    return { deed: { kind: 'flag.noted', body: rest, texts: { text } }, seen: version }
  },
  corrections(body) {
    const { version, text, ticket } = parse(Corrected, body)
    return { deed: { kind: 'flag.corrected', body: { ticket }, texts: { text } }, seen: version }
  },
}

export function answeredFrom(
  { text, done, ...rest }: Omit<z.infer<typeof Answered>, 'version'>,
  { flag, reckoning }: Pick<Reading, 'flag' | 'reckoning'>,
): FlagDeed {
  const workingDays = workingDaysSince(reckoning, flag.openedAt)
  const body = { ...rest, ...wordDeadline(reckoning), workingDays }
  return { kind: 'flag.answered', body, texts: { text, done } }
}

/** Throws a 400 for an agency that there is not. */
export function agencyNamed(
  code: string,
  { directory, path }: { directory: Directory; path: string },
): number {
  const id = directory.find('agency', code)
  if (id) return id
  throw new HttpError(400, `There is no agency called ${code}.`, { path, code: 'unknown-name' })
}

/** Throws a 400 for a template that there is not: an answer names what it was made from, also when it is retired. */
export async function requireTemplate(db: Db, id: number | null): Promise<void> {
  if (id === null || (await templateById(db, id))) return
  throw new HttpError(400, `There is no template ${id}.`, {
    path: 'template',
    code: 'unknown-name',
  })
}
