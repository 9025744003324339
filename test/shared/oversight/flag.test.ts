import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Act, Refused, roles } from '#shared/oversight/act.ts'
import { isLate } from '#shared/oversight/deadline.ts'
import type { Flag, FlagDeed, FlagStanding } from '#shared/oversight/flag.ts'
import { nextFlag } from '#shared/oversight/next-flag.ts'

/** From where to where a flag may go. */
const life: Record<FlagStanding, readonly FlagStanding[]> = {
  open: ['open', 'acknowledged', 'answered', 'withdrawn'],
  acknowledged: ['acknowledged', 'open', 'answered', 'withdrawn'],
  answered: ['answered', 'accepted', 'disputed', 'settled', 'withdrawn'],
  accepted: ['accepted'],
  disputed: ['disputed', 'settled', 'withdrawn'],
  settled: ['settled'],
  withdrawn: [],
}

const LENGTH = 100
const instant = fc.integer({ min: 0, max: 5 * LENGTH })
const opened = (acknowledgeBy: number, answerBy: number, agency: number | null): FlagDeed => ({
  kind: 'flag.opened',
  body: {
    evidence: '0'.repeat(64),
    evidenceKind: 'number',
    on: 'number:open',
    kind: 'slow',
    severity: 'normal',
    language: 'en',
    attachments: [],
    acknowledgeBy,
    answerBy,
    policyVersion: 1,
  },
  texts: { text: 'a', place: JSON.stringify({ agency, area: null, category: null }) },
})
const arbitraryOpened = fc
  .tuple(instant, instant, fc.constantFrom(1, null))
  .map((all) => opened(...all))

const text = { text: 'a' }
const arbitraryDeed: fc.Arbitrary<FlagDeed> = fc.oneof(
  arbitraryOpened,
  fc.constantFrom<FlagDeed>(
    { kind: 'flag.acknowledged', body: {}, texts: {} },
    { kind: 'flag.accepted', body: {}, texts: text },
    { kind: 'flag.settled', body: { for: 'observer' }, texts: text },
    { kind: 'flag.withdrawn', body: {}, texts: { reason: 'a' } },
    { kind: 'flag.transferred', body: { to: 2 }, texts: { reason: 'a' } },
    { kind: 'flag.transferred', body: { to: null }, texts: { reason: 'a' } },
    { kind: 'flag.joined', body: { language: null }, texts: text },
    { kind: 'flag.noted', body: { language: null, attachments: [] }, texts: text },
    { kind: 'flag.corrected', body: { ticket: 'k/1' }, texts: text },
  ),
  instant.map((settleBy): FlagDeed => ({
    kind: 'flag.disputed',
    body: { settleBy, policyVersion: 1 },
    texts: { reason: 'a' },
  })),
  instant.map((wordBy): FlagDeed => ({
    kind: 'flag.answered',
    body: {
      links: [],
      attachments: [],
      template: null,
      language: null,
      wordBy,
      policyVersion: 1,
      workingDays: 1,
    },
    texts: { text: 'a', done: null },
  })),
)

const arbitraryBy = fc.record({
  person: fc.constantFrom('mei', 'aki', 'ines'),
  appointment: fc.constant(1),
  role: fc.constantFrom(...roles),
})

/** A life: one is opened, and then whatever anybody tries, each later than the one before. */
const arbitraryLife = fc
  .tuple(
    arbitraryOpened,
    fc.array(fc.record({ deed: arbitraryDeed, by: arbitraryBy }), { maxLength: LENGTH }),
  )
  .map(([first, rest]): Act<FlagDeed>[] =>
    [
      { deed: first, by: { person: 'mei', appointment: 1, role: 'observer' as const } },
      ...rest,
    ].map(({ deed, by }, place) => ({ ...deed, id: place + 1, at: 3 * place, by })),
  )

interface Step {
  before: Flag
  act: Act<FlagDeed>
  after: Flag
}

/** What of a life was allowed. */
function stepsOf(acts: readonly Act<FlagDeed>[]): Step[] {
  let before = nextFlag(undefined, acts[0]!)
  const steps: Step[] = []
  for (const act of acts.slice(1)) {
    const after = allowed(before, act)
    if (!after) continue
    steps.push({ before, act, after })
    before = after
  }
  return steps
}

function allowed(state: Flag, act: Act<FlagDeed>): Flag | undefined {
  try {
    return nextFlag(state, act)
  } catch (error) {
    if (error instanceof Refused && /^[A-ZI].*\.$/.test(error.message)) return undefined
    throw error
  }
}

const holds = (check: (step: Step) => void) =>
  fc.assert(
    fc.property(arbitraryLife, (acts) => stepsOf(acts).forEach(check)),
    { numRuns: 2000 },
  )

test('whatever is tried, a flag goes only where its life leads', () => {
  holds(({ before, after, act }) => {
    expect(life[before.standing], act.kind).toContain(after.standing)
  })
})

test('nobody answers or settles a flag of their own, and it is told when who answered it settled it', () => {
  holds(({ before, after, act: { kind, by } }) => {
    const { author, coObservers, answer } = before
    const behind = [author, ...coObservers].map(({ person }) => person)
    if (kind === 'flag.answered') expect(by!.person).not.toBe(author.person)
    if (kind !== 'flag.settled') return
    expect(behind).not.toContain(by!.person)
    expect(after.isSettledByAnswerer).toBe(answer!.person === by!.person)
  })
})

test('random lives come to every standing', () => {
  const seen = new Set<string>()
  holds(({ after }) => void seen.add(after.standing))
  expect([...seen].sort()).toEqual(Object.keys(life).sort())
})

test('only its author says a word on an answer or withdraws it', () => {
  holds(({ before, act }) => {
    if (!['flag.accepted', 'flag.disputed', 'flag.withdrawn'].includes(act.kind)) return
    expect(act.by!.person).toBe(before.author.person)
  })
})

test('only who owns it acknowledges, answers and corrects', () => {
  holds(({ before, act }) => {
    if (!['flag.acknowledged', 'flag.answered', 'flag.corrected'].includes(act.kind)) return
    expect(act.by!.role === 'secretariat').toBe(before.owner === null)
  })
})

test('late never turns into in time, and no deadline that was given moves but the author’s own', () => {
  holds(({ before, after, act }) => {
    expect(after.answering.by).toBe(before.answering.by)
    if (before.settlement) expect(after.settlement!.by).toBe(before.settlement.by)
    for (const later of [act.at, act.at + 1, Infinity]) {
      if (isLate(before.answering, act.at)) expect(isLate(after.answering, later)).toBe(true)
      if (before.settlement && isLate(before.settlement, act.at)) {
        expect(isLate(after.settlement!, later)).toBe(true)
      }
    }
  })
})

test('what was done is not undone: first answers, co-observers and transfers only grow', () => {
  holds(({ before, after }) => {
    if (before.answering.doneAt !== null) expect(after.answering).toEqual(before.answering)
    expect(after.coObservers.slice(0, before.coObservers.length)).toEqual(before.coObservers)
    expect(new Set(after.coObservers.map(({ person }) => person)).size).toBe(
      after.coObservers.length,
    )
    expect(after.transfers).toBeGreaterThanOrEqual(before.transfers)
    expect(after.author).toEqual(before.author)
  })
})

test('a step changes nothing of the state before it, and the same acts make the same state', () => {
  fc.assert(
    fc.property(arbitraryLife, (acts) => {
      const steps = stepsOf(acts)
      const kept = structuredClone(steps)
      for (const { before, act, after } of steps) expect(nextFlag(before, act)).toEqual(after)
      expect(steps).toEqual(kept)
    }),
  )
})

test('the system itself does nothing about a flag', () => {
  const act = { ...opened(1, 1, 1), id: 1, at: 0, by: null } as Act<FlagDeed>
  expect(() => nextFlag(undefined, act)).toThrow(Refused)
})
