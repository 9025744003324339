import type { SuggestionDeed, Target } from '#shared/oversight/suggestion.ts'
import { freeze } from '../../evidence/freeze.ts'
import { deadlinesOf } from '../../suggestions/deadlines.ts'
import { placeIn } from '../../suggestions/forms.ts'
import { suggestionNoun } from '../../suggestions/noun.ts'
import { databaseNow } from '../../suggestions/queries.ts'
import { claimOf, type Look } from './claim.ts'
import { once, personOf, type Stage } from './stage.ts'

type Later = Exclude<SuggestionDeed, { kind: 'suggestion.submitted' | 'suggestion.implemented' }>

/** What somebody does about a suggestion; `look` is the evidence of an implementation. */
export type SuggestionStep =
  | readonly [as: string, deed: Later]
  | readonly [
      as: string,
      done: Extract<SuggestionDeed, { kind: 'suggestion.implemented' }>,
      look: Look,
    ]

export interface DemoSuggestion {
  name: string
  as: string
  target: Target
  language: string
  title: string
  text: string
  why: string
  agency: string | null
  area?: string
  category?: string
  look?: Look
  /** Of the demonstration's, by name. */
  flags?: readonly string[]
  then: readonly SuggestionStep[]
}

export type Numbers = ReadonlyMap<string, number>

/** Submits a suggestion, and does all that is done about it. */
export async function tellSuggestion(
  stage: Stage,
  told: DemoSuggestion,
  numbers: Numbers,
): Promise<void> {
  const name = `suggestion ${told.name}`
  const deed = () => submitted(stage, told, numbers)
  const id = await once(stage, { name, as: told.as, noun: suggestionNoun, deed })
  if (id === undefined) return
  for (const [place, [as, deed, look]] of told.then.entries()) {
    const done = await once(stage, {
      name: `${name} ${place}`,
      ...{ as, id, noun: suggestionNoun },
      deed: () => (look ? shownDone(stage, { as, deed, look }) : Promise.resolve(deed)),
    })
    if (done === undefined) return
  }
}

async function submitted(
  stage: Stage,
  told: DemoSuggestion,
  numbers: Numbers,
): Promise<SuggestionDeed> {
  const { db, engine } = stage.desk
  const { target, language, title, text, why, agency, look, as } = told
  const { area = null, category = null, flags = [] } = told
  const place = placeIn({ agency, area, category }, engine.terms.directory)
  const deadlines = deadlinesOf(await databaseNow(db), engine.terms.policy.policy)
  const evidence = look ? await frozen(stage, as, look) : []
  const known = flags.flatMap((name) => numbers.get(name) ?? [])
  return {
    kind: 'suggestion.submitted',
    body: { target, language, ...place, evidence, flags: known, attachments: [], ...deadlines },
    texts: { title, text, why },
  }
}

interface Done {
  as: string
  deed: SuggestionDeed
  look: Look
}

async function shownDone(stage: Stage, { as, deed, look }: Done): Promise<SuggestionDeed> {
  if (deed.kind !== 'suggestion.implemented') return deed
  return { ...deed, body: { ...deed.body, evidence: await frozen(stage, as, look) } }
}

async function frozen({ desk }: Stage, as: string, look: Look): Promise<string[]> {
  const claim = await claimOf(desk, look)
  if (!claim) return []
  const { hash } = await freeze(desk.db, desk, { claim, person: personOf(as) })
  return [hash]
}
