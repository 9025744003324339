import { adoptedDraft } from '#shared/consultations/adopted-draft.ts'
import type {
  CommentPage,
  ConsultationDetail,
  ConsultationLine,
  ToldComment,
} from '#shared/consultations/told.ts'
import { NONE } from '#shared/view.ts'
import type { Terms } from '../live/terms.ts'
import {
  type ConsultationRow,
  type DraftLine,
  type DraftRow,
  isFormOn,
} from './consultation-queries.ts'
import { goneFrom } from './gone.ts'
import { cursorOf } from './place-after.ts'
import type { ListedComment } from './reading-queries.ts'
import { provisionCode } from './row.ts'
import { namesOf } from './take-consultation.ts'

type Directory = Terms['directory']

const codeOf = (directory: Directory, id: number): string | null => {
  const code = directory.codeOf(directory.rootOf(id))
  return code === NONE ? null : code
}

/** The newest draft that is confirmed. */
export const shownOf = (drafts: readonly DraftRow[]): DraftRow | undefined =>
  drafts.findLast(({ confirmedAt }) => confirmedAt !== null)

const lineOf = ({ number, texts }: DraftRow): DraftLine => ({
  number,
  languages: Object.keys(texts),
})

export function toldLine(
  row: ConsultationRow,
  shown: DraftLine | undefined,
  directory: Directory,
): ConsultationLine {
  return {
    code: row.code,
    titles: row.titles,
    agency: codeOf(directory, row.agency),
    area: codeOf(directory, row.area),
    category: codeOf(directory, row.category),
    opensAt: row.opensAt,
    closesAt: row.closesAt,
    languages: shown?.languages ?? Object.keys(row.titles),
    draft: shown?.number ?? null,
    isAdopted: row.outcome !== null,
  }
}

interface Details {
  drafts: readonly DraftRow[]
  withheld: ConsultationDetail['withheld']
  directory: Directory
}

export function toldDetail(
  row: ConsultationRow,
  { drafts, withheld, directory }: Details,
): ConsultationDetail {
  const shown = shownOf(drafts)
  const known = drafts.filter(({ confirmedAt }) => confirmedAt !== null)
  const before = shown && drafts.find(({ number }) => number === shown.number - 1)
  const earlier = drafts.filter(
    ({ number, confirmedAt }) => confirmedAt !== null && number < (shown?.number ?? 0),
  )
  const keyOf = (code: string) => {
    const member = directory.find('provision', code)
    return member === undefined ? code : directory.codeOf(member)
  }
  const texts = Object.entries(shown?.texts ?? {}).map(([language, provisions]) => [
    language,
    provisions.map((one) => ({
      ...one,
      key: keyOf(provisionCode(row.code, shown!.number, one.id)),
    })),
  ])
  return {
    ...toldLine(row, shown && lineOf(shown), directory),
    summaries: row.summaries,
    hasForm: isFormOn(row),
    outcome: row.outcome && { ...row.outcome, draft: adoptedDraft(row.outcome, known) },
    drafts: drafts.map(({ number, publishedAt, confirmedAt }) => ({
      ...{ number, publishedAt },
      isShown: confirmedAt !== null,
    })),
    texts: Object.fromEntries(texts),
    keys: Object.fromEntries(
      known
        .filter((draft) => draft !== shown)
        .flatMap((draft) => namesOf(row.code, draft))
        .map(({ code }) => [code, keyOf(code)] as const)
        .filter(([code, key]) => code !== key),
    ),
    before: before ? { number: before.number, texts: before.texts } : null,
    matches: shown?.matches ?? null,
    gone: shown
      ? goneFrom(shown, earlier, (number, id) => keyOf(provisionCode(row.code, number, id)))
      : [],
    withheld,
  }
}

export function toldComments(
  found: readonly ListedComment[],
  { limit, directory }: { limit: number; directory: Directory },
): CommentPage {
  const page = found.slice(0, limit)
  const last = page.at(-1)
  const isMore = found.length > limit && last !== undefined
  return {
    comments: page.map((one) => toldComment(one, directory)),
    next: isMore ? cursorOf(last) : null,
  }
}

/** As everybody is told it: of what is withheld neither what it says nor what it wants. */
function toldComment(one: ListedComment, directory: Directory): ToldComment {
  const { withheldFor: reason, withheldAt } = one
  const told = plainComment(one, directory)
  if (reason === null) return told
  const nothing = { stance: null, organisation: null, text: null, proposal: null, language: null }
  return { ...told, ...nothing, withheld: { reason, at: withheldAt } }
}

/** With all that it says, whether or not it is withheld. */
export const plainComment = (one: ListedComment, directory: Directory) => ({
  at: one.at,
  provision: codeOf(directory, one.provision),
  stance: one.stance,
  speaker: one.speaker,
  organisation: one.organisation,
  text: one.text,
  proposal: one.proposal,
  language: codeOf(directory, one.language),
  withheld: one.withheldFor === null ? null : { reason: one.withheldFor, at: one.withheldAt },
})
