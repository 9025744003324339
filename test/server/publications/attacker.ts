import type { Published } from './small-city.ts'

/*
 * Somebody who writes down everything that is published, and subtracts. Written apart from the rule it
 * attacks: it goes over everything it knows, again and again, until nothing gets any narrower.
 */

/** A number that is looked for: what is known, and what it really is. */
interface Unknown {
  name: string
  low: number
  high: number
  truth: number
}

/** The sum of some, less the sum of others, lies in [low, high]. */
interface Fact {
  plus: Unknown[]
  minus: Unknown[]
  low: number
  high: number
}

const WITHIN = [
  ['closedFinal', 'closed'],
  ['refused', 'closed'],
  ['closedResolved', 'closed'],
  ['closedWithDue', 'closedFinal'],
  ['closedOnTime', 'closedWithDue'],
  ['closedTransferred', 'closedFinal'],
  ['overdue', 'open'],
] as const

export interface Findings {
  /** Counts below 10 that are known exactly, and would not be from the city's totals alone. */
  bare: string[]
  /** Counts that lie outside of what the attacker takes for certain. */
  wrong: string[]
  /** Counts below 10. */
  small: number
}

export function attack(published: readonly Published[]): Findings {
  const withCells = conclude(published, { reads: true })
  const fromTotals = new Map(conclude(published, { reads: false }).map((one) => [one.name, one]))
  const small = withCells.filter(({ truth }) => truth < 10)
  const isBare = ({ low, high }: Unknown) => low === high
  return {
    bare: small
      .filter((one) => isBare(one) && !isBare(fromTotals.get(one.name)!))
      .map(({ name, truth }) => `${name} is ${truth}`),
    wrong: withCells
      .filter(({ low, high, truth }) => truth < low || truth > high)
      .map(({ name, low, high, truth }) => `${name}: ${truth} not in ${low}..${high}`),
    small: small.length,
  }
}

type Sheet = Published & { unknowns: Map<string, Unknown[]>; totalOf: Map<string, number> }

function conclude(published: readonly Published[], { reads }: { reads: boolean }): Unknown[] {
  const facts: Fact[] = []
  const sheets = published.map((one) => sheetOf(one, facts, reads))
  const begun = new Map(sheets.map((sheet) => [`${sheet.days} ${sheet.start}`, sheet]))
  const days = new Map(sheets.filter(({ days }) => days === 1).map((sheet) => [sheet.end, sheet]))
  for (const sheet of sheets) {
    for (const lengths of [[1], [7, 1], [30, 1], [30, 7, 1]]) {
      if (sheet.days > lengths[0]!) addUp(sheet, cut(sheet, begun, lengths), facts)
    }
    const yesterday = days.get(sheet.start)
    const sameDay = days.get(sheet.end)
    if (sheet.days === 1 && yesterday) followStocks(sheet, yesterday, facts)
    if (sheet.days > 1 && sameDay) sameStocks(sheet, sameDay, facts)
  }
  sweep(facts)
  return sheets.flatMap(({ unknowns }) => [...unknowns.values()].flat())
}

function sheetOf(one: Published, facts: Fact[], reads: boolean): Sheet {
  const sheet: Sheet = { ...one, unknowns: new Map(), totalOf: new Map() }
  const day = new Date(one.start * 60_000).toISOString().slice(0, 10)
  const add = (id: string, truths: number[]): Unknown[] => {
    const total = truths.reduce((a, b) => a + b, 0)
    const unknowns = truths.map((truth, row) => ({
      name: `${id} of ${one.keys[row]} on ${day}+${one.days}`,
      low: 0,
      high: total,
      truth,
    }))
    facts.push({ plus: unknowns, minus: [], low: total, high: total })
    sheet.totalOf.set(id, total)
    sheet.unknowns.set(id, unknowns)
    return unknowns
  }
  one.parts.forEach(({ id }, column) => {
    const unknowns = add(
      id,
      one.truth.map((row) => row[column]!),
    )
    if (!reads) return
    unknowns.forEach((unknown, row) => {
      const [low, high] = one.cells[row]![column]!
      facts.push({ plus: [unknown], minus: [], low, high: high ?? Infinity })
    })
  })
  for (const [inner, outer] of WITHIN) {
    const [a, b] = [sheet.unknowns.get(inner), sheet.unknowns.get(outer)]
    if (!a || !b) continue
    const rest = add(
      `${outer} without ${inner}`,
      b.map(({ truth }, row) => truth - a[row]!.truth),
    )
    rest.forEach((unknown, row) =>
      facts.push({ plus: [unknown, a[row]!], minus: [b[row]!], low: 0, high: 0 }),
    )
  }
  return sheet
}

/** The window cut into shorter ones that were published, the longest of `lengths` first. */
function cut(sheet: Sheet, begun: ReadonlyMap<string, Sheet>, lengths: readonly number[]): Sheet[] {
  const pieces: Sheet[] = []
  let at = sheet.start
  while (at < sheet.end) {
    const piece = lengths
      .map((days) => begun.get(`${days} ${at}`))
      .find((one) => one !== undefined && one.end <= sheet.end)
    if (!piece) return []
    pieces.push(piece)
    at = piece.end
  }
  return pieces
}

function addUp(sheet: Sheet, pieces: readonly Sheet[], facts: Fact[]): void {
  if (pieces.length === 0) return
  for (const [id, unknowns] of sheet.unknowns) {
    if (/open|overdue/.test(id)) continue
    const late = sheet.totalOf.get(id)! - pieces.reduce((sum, one) => sum + one.totalOf.get(id)!, 0)
    unknowns.forEach((unknown, row) => {
      const minus = pieces.map((one) => one.unknowns.get(id)![row]!)
      facts.push({ plus: [unknown], minus, low: Math.min(0, late), high: Math.max(0, late) })
    })
  }
}

function followStocks(sheet: Sheet, before: Sheet, facts: Fact[]): void {
  const is = (id: string) => sheet.totalOf.get(id)!
  if (!sheet.unknowns.has('open')) return
  const off =
    is('open') - before.totalOf.get('open')! - is('received') - is('reopened') + is('closed')
  const gone = is('overdue') - before.totalOf.get('overdue')! + is('closed')
  for (const row of sheet.keys.keys()) {
    const own = (id: string) => sheet.unknowns.get(id)![row]!
    const was = (id: string) => before.unknowns.get(id)![row]!
    facts.push({
      plus: [own('open'), own('closed')],
      minus: [was('open'), own('received'), own('reopened')],
      low: Math.min(0, off),
      high: Math.max(0, off),
    })
    facts.push({
      plus: [own('overdue'), own('closed')],
      minus: [was('overdue')],
      low: Math.min(0, gone),
      high: Infinity,
    })
  }
}

function sameStocks(sheet: Sheet, day: Sheet, facts: Fact[]): void {
  for (const id of ['open', 'overdue']) {
    sheet.unknowns
      .get(id)
      ?.forEach((unknown, row) =>
        facts.push({ plus: [unknown], minus: [day.unknowns.get(id)![row]!], low: 0, high: 0 }),
      )
  }
}

/** Looks at a fact again whenever something that it speaks of was narrowed. */
function sweep(facts: readonly Fact[]): void {
  const about = new Map<Unknown, Fact[]>()
  for (const fact of facts) {
    for (const one of [...fact.plus, ...fact.minus]) about.getOrInsert(one, []).push(fact)
  }
  const waiting = new Set(facts)
  for (const fact of waiting) {
    waiting.delete(fact)
    for (const one of narrowed(fact)) {
      for (const other of about.get(one)!) waiting.add(other)
    }
  }
}

/** Concludes from one fact on each that it speaks of; answers those of which more is known now. */
function narrowed({ plus, minus, low, high }: Fact): Unknown[] {
  const known = [sum(plus, 'low'), sum(plus, 'high'), sum(minus, 'low'), sum(minus, 'high')]
  let [plusLow, plusHigh, minusLow, minusHigh] = known as [number, number, number, number]
  const found: Unknown[] = []
  for (const one of plus) {
    const others = [plusLow - one.low, plusHigh - one.high] as const
    if (narrow(one, low - others[1] + minusLow, high - others[0] + minusHigh)) found.push(one)
    plusLow = others[0] + one.low
    plusHigh = others[1] + one.high
  }
  for (const one of minus) {
    const others = [minusLow - one.low, minusHigh - one.high] as const
    if (narrow(one, plusLow - others[1] - high, plusHigh - others[0] - low)) found.push(one)
    minusLow = others[0] + one.low
    minusHigh = others[1] + one.high
  }
  return found
}

function sum(unknowns: readonly Unknown[], side: 'low' | 'high'): number {
  let total = 0
  for (const unknown of unknowns) total += unknown[side]
  return total
}

function narrow(one: Unknown, from: number, to: number): boolean {
  // Contradicting oneself is no knowledge.
  if (from > one.high || to < one.low) return false
  const isNarrower = from > one.low || to < one.high
  one.low = Math.max(one.low, from)
  one.high = Math.min(one.high, to)
  return isNarrower
}
