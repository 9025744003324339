import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Act, type Actor, Refused } from '#shared/oversight/act.ts'
import {
  dueBy,
  nextSuggestion,
  stages,
  type Stage,
  type Suggestion,
  type SuggestionDeed,
} from '#shared/oversight/suggestion.ts'
import { expectEqual } from '../../support/expect-equal.ts'

const submission: SuggestionDeed = {
  kind: 'suggestion.submitted',
  body: {
    target: 'place',
    language: 'en',
    agency: 1,
    area: 2,
    category: null,
    evidence: [],
    flags: [],
    attachments: [],
    reviewBy: 1000,
    decideBy: 2000,
  },
  texts: { title: 'A bench', text: 'Put a bench there.', why: 'It is a long way.' },
}
const why = { reason: 'So it is.' }
const link = { kind: 'rule', to: 'R 1' } as const

const deeds: SuggestionDeed[] = [
  submission,
  { kind: 'suggestion.reviewed', body: {}, texts: {} },
  { kind: 'suggestion.adopted', body: { links: [link] }, texts: why },
  { kind: 'suggestion.partly', body: { links: [] }, texts: why },
  { kind: 'suggestion.declined', body: { links: [] }, texts: why },
  {
    kind: 'suggestion.implemented',
    body: { links: [link], evidence: ['a'], attachments: [] },
    texts: why,
  },
  {
    kind: 'suggestion.implemented',
    body: { links: [], evidence: ['a'], attachments: [] },
    texts: why,
  },
  {
    kind: 'suggestion.implemented',
    body: { links: [link], evidence: [], attachments: [] },
    texts: why,
  },
  { kind: 'suggestion.withdrawn', body: {}, texts: why },
  { kind: 'suggestion.endorsed', body: {}, texts: { note: null } },
  { kind: 'suggestion.unendorsed', body: {}, texts: {} },
  { kind: 'suggestion.transferred', body: { agency: null }, texts: why },
  { kind: 'suggestion.transferred', body: { agency: 1 }, texts: why },
]

const actors: (Actor | null)[] = [
  { person: 'mei', appointment: 1, role: 'observer' },
  { person: 'tariq', appointment: 2, role: 'observer' },
  { person: 'paul', appointment: 3, role: 'official' },
  null,
]

const endorsements = deeds.filter(({ kind }) => kind.endsWith('endorsed'))
const step = fc.record({
  // Seldom ended early, so that much is tried on what is open.
  deed: fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...deeds) },
    { weight: 1, arbitrary: fc.constantFrom(...endorsements) },
  ),
  by: fc.constantFrom(...actors),
})
const history = fc
  .tuple(fc.constantFrom(...actors), fc.array(step, { minLength: 30, maxLength: 40 }))
  .map(([by, later]) => [{ deed: submission, by }, ...later])

interface Step {
  before: Suggestion | undefined
  act: Act<SuggestionDeed>
  /** Undefined: it was refused. */
  after: Suggestion | undefined
}

function play(list: readonly { deed: SuggestionDeed; by: Actor | null }[]): Step[] {
  let before: Suggestion | undefined
  return list.map(({ deed, by }, place) => {
    const act = { ...deed, id: place + 1, at: 10 * place, by }
    const step = { before, act, after: tried(before, act) }
    before = step.after ?? before
    return step
  })
}

function tried(before: Suggestion | undefined, act: Act<SuggestionDeed>): Suggestion | undefined {
  const copy = structuredClone([before, act])
  try {
    return nextSuggestion(before, act)
  } catch (error) {
    expect(error).toBeInstanceOf(Refused)
  } finally {
    expectEqual([before, act], copy, () => 'what it was given is changed')
  }
}

const holds = (check: (step: Step) => void) =>
  fc.assert(
    fc.property(history, (list) => play(list).forEach(check)),
    { numRuns: 400 },
  )

const ways: Record<Stage | 'none', Stage[]> = {
  none: ['submitted'],
  submitted: ['submitted', 'under-review', 'withdrawn'],
  'under-review': ['under-review', 'adopted', 'partly', 'declined'],
  adopted: ['implemented'],
  partly: ['implemented'],
  declined: [],
  implemented: [],
  withdrawn: [],
}

test('a suggestion moves only along its way, and from its ends nowhere', () => {
  holds(({ before, after }) => {
    if (after) expect(ways[before?.stage ?? 'none']).toContain(after.stage)
  })
})

test('each observer endorses a suggestion once, and its author never', () => {
  holds(({ after }) => {
    if (!after) return
    const people = after.endorsements.map(({ person }) => person)
    expect(new Set(people).size).toBe(people.length)
    expect(people).not.toContain(after.author.person)
  })
})

test('its author decides nothing about it, and nobody else withdraws it', () => {
  const decisions = /reviewed|adopted|partly|declined|implemented/
  holds(({ before, act, after }) => {
    if (!before || !after) return
    const isAuthor = act.by?.person === before.author.person
    if (decisions.test(act.kind)) expect(isAuthor).toBe(false)
    if (act.kind === 'suggestion.withdrawn') expect(isAuthor).toBe(true)
  })
})

test('what is implemented has a link to what changed, and something is due only before a decision', () => {
  holds(({ after }) => {
    if (!after) return
    if (after.stage === 'implemented') expect(after.links.length).toBeGreaterThan(0)
    const due = { submitted: 1000, 'under-review': 2000 } as Partial<Record<Stage, number>>
    expect(dueBy(after)).toBe(due[after.stage] ?? null)
  })
})

test('the histories that are tried reach every stage and endorse twice', () => {
  const reached = new Set<string>()
  holds(({ before, act, after }) => {
    if (after) reached.add(after.stage)
    const isOpen = before?.stage === 'submitted' || before?.stage === 'under-review'
    const isAgain = before?.endorsements.some(({ person }) => person === act.by?.person)
    if (isOpen && isAgain && act.kind === 'suggestion.endorsed') reached.add('twice')
  })
  expect(reached).toEqual(new Set([...stages, 'twice']))
})

test('a decision about one’s own suggestion is refused', () => {
  const [mei] = actors
  const [submitted, reviewed] = play([
    { deed: submission, by: mei! },
    { deed: deeds[1]!, by: { person: 'mei', appointment: 9, role: 'official' } },
  ])
  expect(submitted!.after?.stage).toBe('submitted')
  expect(reviewed!.after).toBeUndefined()
})
