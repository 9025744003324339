import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { Refused } from '#shared/oversight/act.ts'
import type { Noun } from '../acts/noun.ts'
import { commitmentOf, seal } from '../acts/seal.ts'
import type { Sql } from '../db/connect.ts'
import { inSnapshot, type Snapshot } from '../tickets/facts.ts'
import { nouns } from './nouns.ts'
import {
  eachAct,
  eachState,
  type StoredAct,
  unevenCorrections,
  unevenEvidence,
  unevenFiles,
  unevenSeqs,
} from './stored-acts.ts'

export interface ActsCheck {
  acts: number
  differences: string[]
}

/** Of each subject, what its acts fold to: the version, and a digest of the state. */
type Folded = Map<string, { version: number; digest: string }>

/**
 * Folds all acts again: whether each is what it was sealed as, none is missing, and every state is what
 * its acts make of it.
 */
export function checkActs(sql: Sql): Promise<ActsCheck> {
  return inSnapshot(sql, async (snapshot) => {
    const differences: string[] = []
    const folded: Folded = new Map()
    const fold = folder(folded, differences)
    let acts = 0
    await eachAct(snapshot, (act) => {
      acts++
      for (const fault of faultsOf(act))
        differences.push(`act ${act.id} (${act.subject}): ${fault}`)
      fold(act)
    })
    for (const noun of nouns) await compareStates(snapshot, noun, folded, differences)
    for (const [subject] of folded) differences.push(`${subject}: it has acts, but no state`)
    for (const { act, file, isHere } of await unevenFiles(snapshot)) {
      const fault = isHere
        ? 'is there, and an act says that it'
        : 'is gone, and no act says that it'
      differences.push(`act ${act}: its file ${file.slice(0, 12)} ${fault} was taken down`)
    }
    for (const { act, evidence, isHere } of await unevenEvidence(snapshot)) {
      const fault = isHere ? 'is not what its hash says' : 'is not there'
      differences.push(`act ${act}: its evidence ${evidence.slice(0, 12)} ${fault}`)
    }
    for (const { act, ticket } of await unevenCorrections(snapshot)) {
      differences.push(`act ${act}: its ticket ${ticket} is not as it was corrected`)
    }
    for (const { seq, told, found } of await unevenSeqs(snapshot)) {
      differences.push(`the journal, row ${seq}: it tells of ${told} acts, and there are ${found}`)
    }
    return { acts, differences }
  })
}

/** What is wrong with an act by itself. */
function faultsOf(act: StoredAct): string[] {
  const { canonical, hash, texts } = act
  const faults: string[] = []
  if (!hash.equals(createHash('sha256').update(canonical, 'utf8').digest())) {
    faults.push('its hash is not that of its canonical text')
  }
  const commitments = commitmentsIn(canonical)
  const { id, at, appointment, role, kind, subject, version, body } = act
  const sealed = { id, at, appointment, role, kind, subject, version, body, commitments }
  if (seal(sealed).canonical !== canonical)
    faults.push('its row is not what its canonical text says')
  for (const [name, commitment] of Object.entries(commitments)) {
    const kept = texts[name]
    if (!kept) faults.push(`its ${name} is missing`)
    else if (kept.text === null && !act.withheld.includes(name)) {
      faults.push(`its ${name} was taken down, and no act says so`)
    } else if (kept.text !== null && commitmentOf(kept as Whole) !== commitment) {
      faults.push(`its ${name} is not what it committed to`)
    }
  }
  if (act.person !== act.appointee) faults.push('its person is not the one who was appointed')
  return faults
}

interface Whole {
  salt: string
  text: string
}

/** An altered text need not be JSON at all. */
function commitmentsIn(canonical: string): Record<string, string> {
  try {
    const { texts } = JSON.parse(canonical) as { texts: Record<string, { commitment: string }> }
    return Object.fromEntries(Object.entries(texts).map(([name, one]) => [name, one.commitment]))
  } catch {
    return {}
  }
}

/** Takes acts in the order of their subjects and versions. */
function folder(folded: Folded, differences: string[]): (act: StoredAct) => void {
  let current: { subject: string; version: number; state: unknown } | undefined
  return (act) => {
    const { subject, version } = act
    if (current?.subject !== subject) current = { subject, version: 0, state: undefined }
    if (version !== current.version + 1) {
      differences.push(
        `${subject}: what was done between versions ${current.version} and ${version} is missing`,
      )
    }
    const state = nextOf(act, current.state, differences)
    current = { subject, version, state }
    folded.set(subject, { version, digest: digestOf(state) })
  }
}

function nextOf(act: StoredAct, state: unknown, differences: string[]): unknown {
  const { id, at, kind, body, subject, person, appointment, role } = act
  const noun = nouns.find(({ name }) => subject.startsWith(`${name}:`))
  const by = person === null ? null : { person, appointment, role }
  const texts = Object.fromEntries(Object.entries(act.texts).map(([name, one]) => [name, one.text]))
  try {
    if (noun) return noun.next(state, { id, at, kind, body, by, texts })
    differences.push(`${subject}: this version does not know what it is`)
  } catch (error) {
    const reason = error instanceof Refused ? error.message : String(error)
    differences.push(`act ${id} (${subject}): the rules do not allow it: ${reason}`)
  }
  return state
}

async function compareStates(
  snapshot: Snapshot,
  { name }: Noun<any, any>,
  folded: Folded,
  differences: string[],
): Promise<void> {
  await eachState(snapshot, name, ({ id, version, state }) => {
    const subject = `${name}:${id}`
    const fold = folded.get(subject)
    folded.delete(subject)
    if (!fold) differences.push(`${subject}: it has a state, but no acts`)
    else if (fold.version !== version) {
      differences.push(`${subject}: it is version ${version}, its acts make ${fold.version}`)
    } else if (fold.digest !== digestOf(state)) {
      differences.push(`${subject}: its state is not what its acts make of it`)
    }
  })
}

const digestOf = (state: unknown): string =>
  createHash('sha256')
    .update(canonicalize(state) ?? '')
    .digest('base64')
