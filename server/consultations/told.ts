import type {
  CommentPage,
  ConsultationDetail,
  ConsultationLine,
  ToldComment,
} from '#shared/consultations/told.ts'
import { NONE } from '#shared/view.ts'
import type { Terms } from '../live/terms.ts'
import type { ConsultationRow, DraftLine, DraftRow } from './consultation-queries.ts'
import type { ListedComment } from './reading-queries.ts'
import { provisionCode } from './row.ts'

type Directory = Terms['directory']

const codeOf = (directory: Directory, id: number): string | null => {
  const code = directory.codeOf(directory.rootOf(id))
  return code === NONE ? null : code
}

/** The newest draft that is confirmed. */
const shownOf = (drafts: readonly DraftRow[]): DraftRow | undefined =>
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
  const before = shown && drafts.find(({ number }) => number === shown.number - 1)
  const keyOf = (number: number, id: string) => {
    const code = provisionCode(row.code, number, id)
    const member = directory.find('provision', code)
    return member === undefined ? code : directory.codeOf(member)
  }
  const texts = Object.entries(shown?.texts ?? {}).map(([language, provisions]) => [
    language,
    provisions.map((one) => ({ ...one, key: keyOf(shown!.number, one.id) })),
  ])
  return {
    ...toldLine(row, shown && lineOf(shown), directory),
    summaries: row.summaries,
    outcome: row.outcome,
    drafts: drafts.map(({ number, publishedAt, confirmedAt }) => ({
      ...{ number, publishedAt },
      isShown: confirmedAt !== null,
    })),
    texts: Object.fromEntries(texts),
    before: before ? { number: before.number, texts: before.texts } : null,
    matches: shown?.matches ?? null,
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
    next: isMore ? `${last.at}_${last.sourceId}_${last.id}` : null,
  }
}

const toldComment = (one: ListedComment, directory: Directory): ToldComment => ({
  at: one.at,
  provision: codeOf(directory, one.provision),
  stance: one.stance,
  speaker: one.speaker,
  text: one.text,
  proposal: one.proposal,
  language: codeOf(directory, one.language),
})
