import type { Match } from './match-drafts.ts'
import { type Provision, wordsOf } from './provision.ts'

/** By the id of a provision of the new draft, which of the draft before it goes on from; none: it is new. */
export type Continues = Readonly<Record<string, readonly string[]>>

interface Drafts {
  before: readonly Provision[]
  after: readonly Provision[]
}

/** `where` is the id of a provision of the new draft. */
export class CorrectionError extends Error {
  readonly where: string

  constructor(where: string, message: string) {
    super(message)
    this.where = where
  }
}

/**
 * What became of each provision where the secretariat finds otherwise than was proposed; what it says nothing about
 * stays as proposed. Throws a `CorrectionError` for what is in neither draft, of another kind, or split and merged at once.
 */
export function correctMatches(
  proposed: readonly Match[],
  continues: Continues,
  { before, after }: Drafts,
): Match[] {
  const old = new Map(before.map((one) => [one.id, one]))
  const now = new Map(after.map((one) => [one.id, one]))
  for (const [id, from] of Object.entries(continues)) requireOfOneKind(id, from, { old, now })
  const found = new Map(proposed.flatMap((one) => one.after.map((id) => [id, one.before] as const)))
  const fromOf = (id: string) =>
    (Object.hasOwn(continues, id) ? continues[id] : undefined) ?? found.get(id) ?? []
  const into = new Map(before.map(({ id }) => [id, [] as string[]]))
  for (const { id } of after) for (const from of fromOf(id)) into.get(from)?.push(id)
  for (const { id } of after) {
    const isBoth = fromOf(id).length > 1 && fromOf(id).some((from) => into.get(from)!.length > 1)
    if (isBoth) throw new CorrectionError(id, 'would be a part of one, and several made one')
  }
  const partsOf = (from: string) => inTurn(into.get(from)!, proposed, from)
  return [
    ...after.flatMap(({ id }): Match[] => {
      const from = fromOf(id)
      if (from.length === 0) return [{ kind: 'added', before: [], after: [id] }]
      const parts = partsOf(from[0]!)
      if (parts[0] !== id) return []
      return [{ kind: kindOf(from, parts, { old, now }), before: [...from], after: parts }]
    }),
    ...before.flatMap(({ id }): Match[] =>
      into.get(id)!.length > 0 ? [] : [{ kind: 'removed', before: [id], after: [] }],
    ),
  ]
}

interface Known {
  old: ReadonlyMap<string, Provision>
  now: ReadonlyMap<string, Provision>
}

function requireOfOneKind(id: string, from: readonly string[], { old, now }: Known): void {
  const provision = now.get(id)
  if (!provision) throw new CorrectionError(id, 'is no provision of this draft')
  const wrong = from.find((one) => old.get(one)?.kind !== provision.kind)
  if (wrong === undefined) return
  throw new CorrectionError(id, `cannot go on from ${wrong}: the draft before has no such one`)
}

/** The one that comments go on with stands first: the proposed one, where it is still among them. */
function inTurn(parts: readonly string[], proposed: readonly Match[], from: string): string[] {
  const first = proposed.find(({ before }) => before[0] === from)?.after[0]
  const isThere = first !== undefined && parts.includes(first)
  return isThere ? [first, ...parts.filter((one) => one !== first)] : [...parts]
}

function kindOf(from: readonly string[], parts: readonly string[], { old, now }: Known) {
  if (parts.length > 1) return 'split'
  if (from.length > 1) return 'merged'
  const isKept = wordsOf(old.get(from[0]!)!) === wordsOf(now.get(parts[0]!)!)
  return isKept ? 'kept' : 'changed'
}
