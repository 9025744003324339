import { type Provision, wordsOf } from './provision.ts'
import { bagOf, sharedBy, sizeOf } from './words.ts'

/** What became of provisions from one draft to the next, by their ids in each. */
export interface Match {
  kind: 'kept' | 'changed' | 'added' | 'removed' | 'split' | 'merged'
  /** The one that comments go on with stands first. */
  before: string[]
  after: string[]
}

/** Two provisions are one when they share so much; less is needed under the same number. */
const ALIKE = 0.5
const ALIKE_BY_NUMBER = 0.3
/** A provision is a part of another when so much of it stands there. */
const PART = 0.7

interface Side {
  provision: Provision
  words: string
  bag: ReadonlyMap<string, number>
  size: number
}

interface Pair {
  old: number
  now: number
  score: number
}

/** Proposes what became of each provision: nothing of either draft is left out. */
export function matchDrafts(before: readonly Provision[], after: readonly Provision[]): Match[] {
  const [old, now] = [before.map(sideOf), after.map(sideOf)]
  const links = new Links(old.length, now.length)
  linkEqual(old, now, links)
  for (const { old: i, now: j } of bestPairs(old, now, links)) links.join(i, j)
  linkParts(old, now, links)
  return matchesOf(old, now, links)
}

function sideOf(provision: Provision): Side {
  const words = wordsOf(provision)
  const bag = bagOf(words)
  return { provision, words, bag, size: sizeOf(bag) }
}

/** Which provisions belong together. */
class Links {
  readonly ofOld: number[][]
  readonly ofNow: number[][]

  constructor(old: number, now: number) {
    this.ofOld = Array.from({ length: old }, () => [])
    this.ofNow = Array.from({ length: now }, () => [])
  }

  isFree(old: number, now: number): boolean {
    return this.ofOld[old]!.length === 0 && this.ofNow[now]!.length === 0
  }

  /** Joins two that are still free; a pair that came before stays. */
  join(old: number, now: number): void {
    if (this.isFree(old, now)) this.attach(old, now)
  }

  attach(old: number, now: number): void {
    this.ofOld[old]!.push(now)
    this.ofNow[now]!.push(old)
  }
}

/** Word for word the same: under the same number first, then in the order in which they stand. */
function linkEqual(old: readonly Side[], now: readonly Side[], links: Links): void {
  const byWords = Map.groupBy(now.keys(), (j) => keyOf(now[j]!))
  const equals = [...old.entries()].map(([i, side]) => ({
    i,
    found: byWords.get(keyOf(side)) ?? [],
  }))
  for (const { i, found } of equals) {
    const twin = found.find((j) => now[j]!.provision.id === old[i]!.provision.id)
    if (twin !== undefined) links.join(i, twin)
  }
  for (const { i, found } of equals) {
    const twin = found.find((j) => links.isFree(i, j))
    if (twin !== undefined) links.join(i, twin)
  }
}

const keyOf = ({ provision, words }: Side): string => `${provision.kind} ${words}`

/** All pairs that are alike, the most alike first. */
function bestPairs(old: readonly Side[], now: readonly Side[], links: Links): Pair[] {
  const pairs: Pair[] = []
  for (const [i, j] of candidates(old, now, links)) {
    const [one, other] = [old[i]!, now[j]!]
    const isNumbered = one.provision.id === other.provision.id
    const alike = (2 * sharedBy(one.bag, other.bag)) / (one.size + other.size || 1)
    const isOne = alike >= (isNumbered ? ALIKE_BY_NUMBER : ALIKE)
    if (isOne) pairs.push({ old: i, now: j, score: alike + (isNumbered ? 0.1 : 0) })
  }
  return pairs.sort((one, other) => other.score - one.score || one.old - other.old)
}

/** Free pairs of one kind that share a word which is not everywhere, so that long drafts stay cheap. */
function* candidates(old: readonly Side[], now: readonly Side[], links: Links) {
  const where = new Map<string, number[]>()
  for (const [j, { bag }] of now.entries()) {
    if (links.ofNow[j]!.length > 0) continue
    for (const word of bag.keys()) {
      const places = where.get(word)
      if (places) places.push(j)
      else where.set(word, [j])
    }
  }
  const common = Math.max(40, now.length / 4)
  for (const [i, { bag, provision }] of old.entries()) {
    if (links.ofOld[i]!.length > 0) continue
    const found = new Set<number>()
    for (const word of bag.keys()) {
      const places = where.get(word) ?? []
      if (places.length <= common) for (const j of places) found.add(j)
    }
    for (const j of found) if (now[j]!.provision.kind === provision.kind) yield [i, j] as const
  }
}

/** A provision that is left over and stands in another one was split off it, or merged into it. */
function linkParts(old: readonly Side[], now: readonly Side[], links: Links): void {
  for (const [j, part] of now.entries()) {
    if (links.ofNow[j]!.length > 0) continue
    const isWhole = (i: number) => links.ofOld[i]!.every((at) => links.ofNow[at]!.length === 1)
    const whole = wholeOf(part, old, isWhole)
    if (whole !== undefined) links.attach(whole, j)
  }
  for (const [i, part] of old.entries()) {
    if (links.ofOld[i]!.length > 0) continue
    const isWhole = (j: number) => links.ofNow[j]!.every((at) => links.ofOld[at]!.length === 1)
    const whole = wholeOf(part, now, isWhole)
    if (whole !== undefined) links.attach(i, whole)
  }
}

function wholeOf(
  part: Side,
  sides: readonly Side[],
  isWhole: (at: number) => boolean,
): number | undefined {
  if (part.size === 0) return undefined
  let best: { at: number; share: number } | undefined
  for (const [at, side] of sides.entries()) {
    if (side.provision.kind !== part.provision.kind || !isWhole(at)) continue
    const share = sharedBy(part.bag, side.bag) / part.size
    if (share >= PART && share > (best?.share ?? 0)) best = { at, share }
  }
  return best?.at
}

function matchesOf(old: readonly Side[], now: readonly Side[], links: Links): Match[] {
  const matches: Match[] = []
  for (const [j, { provision }] of now.entries()) {
    const from = links.ofNow[j]!
    const isFirst = from.length > 0 && links.ofOld[from[0]!]![0] === j
    if (from.length === 0) matches.push({ kind: 'added', before: [], after: [provision.id] })
    else if (isFirst) matches.push(matchOf(from, links.ofOld[from[0]!]!, { old, now }))
  }
  for (const [i, { provision }] of old.entries()) {
    if (links.ofOld[i]!.length === 0) {
      matches.push({ kind: 'removed', before: [provision.id], after: [] })
    }
  }
  return matches
}

function matchOf(
  from: readonly number[],
  to: readonly number[],
  { old, now }: { old: readonly Side[]; now: readonly Side[] },
): Match {
  const before = from.map((i) => old[i]!.provision.id)
  const after = to.map((j) => now[j]!.provision.id)
  if (to.length > 1) return { kind: 'split', before, after }
  if (from.length > 1) return { kind: 'merged', before, after }
  const isKept = old[from[0]!]!.words === now[to[0]!]!.words
  return { kind: isKept ? 'kept' : 'changed', before, after }
}
