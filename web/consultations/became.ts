import type { Match } from '#shared/consultations/match-drafts.ts'
import type { Provision } from '#shared/consultations/provision.ts'
import type { AwaitedDraft } from '#shared/consultations/told.ts'
import { provisionName } from './provision-name.ts'

/** What became of an article or clause, with both texts. */
export interface Became {
  kind: Match['kind']
  name: string
  /** Those of the draft before. */
  ids: readonly string[]
  before: string
  after: string
  /** Those of the new draft. */
  parts: readonly Provision[]
}

/** Of a draft that waits, in this language where it is told in it. */
export function becameOf({ texts, before, matches }: AwaitedDraft, language: string): Became[] {
  const now = texts[language] ?? Object.values(texts)[0] ?? []
  const old = before?.[language] ?? Object.values(before ?? {})[0] ?? []
  return (matches ?? []).map((match) => {
    const [was, is] = [named(old, match.before), named(now, match.after)]
    const shown = is.length > 0 ? is : was
    return {
      kind: match.kind,
      name: shown.map(provisionName).join(' · '),
      ids: match.before,
      before: textOf(was),
      after: textOf(is),
      parts: is,
    }
  })
}

/** What a provision of the new draft may go on from: those before it of its kind. */
export function beforeChoices(
  { before }: Pick<AwaitedDraft, 'before'>,
  language: string,
  kind: Provision['kind'],
): { id: string; name: string }[] {
  const old = before?.[language] ?? Object.values(before ?? {})[0] ?? []
  return old
    .filter((one) => one.kind === kind)
    .map((one) => ({ id: one.id, name: provisionName(one) }))
}

const named = (provisions: readonly Provision[], ids: readonly string[]): Provision[] =>
  provisions.filter(({ id }) => ids.includes(id))

const textOf = (provisions: readonly Provision[]): string =>
  provisions.map(({ text }) => text).join(' ')
