import type { Place } from '#shared/oversight/act.ts'
import { type Deadline, isLate } from '#shared/oversight/deadline.ts'
import type { Flag } from '#shared/oversight/flag.ts'
import type { Dimension } from '#shared/ticket.ts'
import type { Directory } from '../dimensions/directory.ts'
import type { FlagAct, ListedFlag } from './queries.ts'

/** By what flags are told: what of members is public, what they are called, and the time. */
export interface Telling {
  opened: Dimension[]
  directory: Directory
  now: number
}

const iso = (at: number): string => new Date(at).toISOString()

/** What everybody may see of a flag; members only of dimensions that the city opened. */
export function publicFlag(listed: ListedFlag, telling: Telling) {
  const { id, version, state, names, texts, withheld } = listed
  const { directory, opened } = telling
  const { evidence, evidenceKind, on, kind, severity, language, attachments } = state
  const { author, openedAt, transfers, corrections, settledFor, coObservers } = state
  const { isSettledByAnswerer } = state
  const observer = (appointment: number) => ({ appointment, name: names[appointment] ?? null })
  return {
    id,
    version,
    state: state.standing,
    evidence: { hash: evidence, kind: evidenceKind, on },
    kind,
    severity,
    language,
    text: texts.text ?? null,
    withheld,
    attachments,
    author: observer(author.appointment),
    coObservers: coObservers.map(({ appointment }) => observer(appointment)),
    openedAt: iso(openedAt),
    place: placeOf(state.place, telling),
    ...(opened.includes('agency') && { agency: agencyCode(state.owner, directory) }),
    ...deadlinesOf(state, telling.now),
    transfers,
    corrections,
    answer: answerOf(state, texts),
    settledFor,
    isSettledByAnswerer,
  }
}

/** The secretariat is null. */
export const agencyCode = (id: number | null, directory: Directory): string | null =>
  id === null ? null : directory.codeOf(directory.rootOf(id))

function placeOf(place: Place, { opened, directory }: Telling) {
  const known = (['agency', 'area', 'category'] as const).filter(
    (dimension) => place[dimension] !== null && opened.includes(dimension),
  )
  return Object.fromEntries(
    known.map((dimension) => [dimension, directory.codeOf(directory.rootOf(place[dimension]!))]),
  )
}

/** Late is what an agency or the secretariat did not do in time; the author's word is not owed. */
function deadlinesOf(state: Flag, now: number) {
  const { acknowledgement, answering, word, settlement } = state
  const told = (deadline: Deadline | null) => deadline && toldDeadline(deadline, now)
  return {
    late: isLate(answering, now) || (settlement !== null && isLate(settlement, now)),
    deadlines: {
      acknowledgement: told(acknowledgement),
      answer: told(answering),
      word: told(word),
      settlement: told(settlement),
    },
  }
}

const toldDeadline = (deadline: Deadline, now: number) => ({
  by: iso(deadline.by),
  doneAt: deadline.doneAt === null ? null : iso(deadline.doneAt),
  late: isLate(deadline, now),
})

function answerOf(
  { answer, answeredWithin }: Flag,
  { answer: text = null, done }: ListedFlag['texts'],
) {
  if (!answer) return null
  const { act, at, ...rest } = answer
  return { act, at: iso(at), text, done: done ?? null, ...rest, workingDays: answeredWithin }
}

/** Only committed to: it may name members that are not public. */
const SEALED = ['place']

/** One act as everybody may see it and check: `hash` is the SHA-256 of `canonical`, which commits to the texts. */
export function publicAct(act: FlagAct, telling: Telling) {
  const { id, at, kind, version, seq, canonical, hash, role, appointmentId, name, title } = act
  const by = role && { role, appointment: appointmentId, name, title }
  const body = 'to' in act.body ? toldTransfer(act.body, telling) : act.body
  const told = { body, texts: textsOf(act), withheld: act.withheld ?? {} }
  return { id, at: iso(at), kind, version, seq, by, ...told, canonical, hash }
}

const toldTransfer = ({ to, ...rest }: FlagAct['body'], { directory, opened }: Telling) => ({
  ...rest,
  ...(opened.includes('agency') && { to: agencyCode(to as number | null, directory) }),
})

/**
 * `text` null: it was taken down, as the act's `withheld` says. Its commitment is the SHA-256 of the salt and the text;
 * where contacts are left out of it, it has no salt, and nobody can tell whose they are by trying.
 */
function textsOf({ canonical, texts }: FlagAct) {
  const { texts: sealed } = JSON.parse(canonical) as {
    texts: Record<string, { commitment: string }>
  }
  const told = Object.entries(sealed).map(([name, { commitment }]) => {
    const { text = null, salt = null } = texts[name] ?? {}
    if (SEALED.includes(name)) return [name, { commitment }]
    return [name, { text, salt, commitment }]
  })
  return Object.fromEntries(told) as Record<string, { commitment: string; text?: string | null }>
}
