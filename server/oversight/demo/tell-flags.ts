import { MINUTE } from '#shared/time.ts'
import { onOfEvidence } from '#shared/oversight/on.ts'
import type { FlagDeed, FlagKind, Severity } from '#shared/oversight/flag.ts'
import { freeze } from '../../evidence/freeze.ts'
import { deeds, openedFrom } from '../../flags/deeds.ts'
import { Opened } from '../../flags/forms.ts'
import { flagNoun } from '../../flags/noun.ts'
import { flagById } from '../../flags/queries.ts'
import { reckoningOf } from '../../flags/reckoning.ts'
import { parse } from '../../http/parse.ts'
import { claimOf, type Look } from './claim.ts'
import { once, personOf, type Stage } from './stage.ts'

/** What somebody does about a flag: a person's code, the last part of the route, and its form. */
export type Step = readonly [as: string, path: string, form?: object]

export interface DemoFlag {
  name: string
  as: string
  look: Look
  kind: FlagKind
  severity: Severity
  language: string
  text: string
  /** Minutes in which it is to be answered, where the text says so: that lateness can be seen on the first day. */
  minutes?: number
  then: readonly Step[]
}

/** Opens a flag with evidence frozen now, and does all that is done about it; answers its number. */
export async function tellFlag(stage: Stage, flag: DemoFlag): Promise<number | undefined> {
  const name = `flag ${flag.name}`
  const id = await once(stage, {
    name,
    as: flag.as,
    noun: flagNoun,
    deed: () => opened(stage, flag),
  })
  if (id === undefined) return undefined
  for (const [place, step] of flag.then.entries()) {
    const done = await takeStep(stage, { id, name: `${name} ${place}`, step })
    if (done === undefined) return id
  }
  return id
}

async function opened({ desk }: Stage, flag: DemoFlag): Promise<FlagDeed | undefined> {
  const claim = await claimOf(desk, flag.look)
  if (!claim) return undefined
  const { hash, evidence, about } = await freeze(desk.db, desk, {
    claim,
    person: personOf(flag.as),
  })
  const { agency = null, area = null, category = null } = about
  const { kind, severity, language, text, minutes } = flag
  const form = parse(Opened, { claim, kind, severity, language, text })
  const place = { agency, area, category }
  const reckoning = await reckoningOf(desk.db, desk.engine.terms.policy)
  const frozen = { hash, kind: claim.kind, on: onOfEvidence(evidence), about: place }
  const deed = openedFrom(form, frozen, reckoning)
  return minutes === undefined ? deed : sooner(deed, reckoning.now + minutes * MINUTE)
}

function sooner(deed: FlagDeed, by: number): FlagDeed {
  if (deed.kind !== 'flag.opened') return deed
  return { ...deed, body: { ...deed.body, acknowledgeBy: by, answerBy: by } }
}

interface Taking {
  id: number
  name: string
  step: Step
}

export function takeStep(
  stage: Stage,
  { id, name, step: [as, path, form = {}] }: Taking,
): Promise<number | undefined> {
  const { db, engine } = stage.desk
  const deed = async () => {
    const flag = (await flagById(db, id))!.state
    const { policy, directory } = engine.terms
    return deeds[path]!(form, { flag, reckoning: await reckoningOf(db, policy), directory }).deed
  }
  return once(stage, { name, as, noun: flagNoun, id, deed })
}
