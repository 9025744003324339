import { adoptedDraft } from '#shared/consultations/adopted-draft.ts'
import { type Answering, answeringOf, newestByGroup } from '#shared/consultations/answering.ts'
import { type Course, coursesOf, type Placed } from '#shared/consultations/courses.ts'
import type { ToldReply } from '#shared/consultations/told-replies.ts'
import { NONE } from '#shared/view.ts'
import type { ConsultationRow, DraftRow } from '../consultations/consultation-queries.ts'
import type { Directory } from '../dimensions/directory.ts'
import type { Said } from './said.ts'

/** One provision, the whole draft (`course` undefined), or what is in no draft. */
export interface ReportItem {
  key: string
  course: Course | undefined
  /** As it reads in the language of the report, first and now. */
  first: Placed['provision'] | undefined
  now: readonly Placed['provision'][]
  said: Said
  reply: ToldReply | undefined
  /** It was answered with the article that it is a clause of. */
  isAnsweredWithin: boolean
}

/** What was said, and what was changed: every provision of every draft, answered or not. */
export interface Report {
  row: ConsultationRow
  language: string
  /** Of the newest draft; null before there is one. */
  draft: number | null
  /** The number of the draft that became law. */
  adopted: number | null
  madeAt: number
  answerBy: number
  figures: Answering
  items: readonly ReportItem[]
  /** Groups of comments that nobody has answered, neither themselves nor what they are on. */
  openGroups: number
}

interface Source {
  row: ConsultationRow
  /** Those that are shown, in order. */
  drafts: readonly DraftRow[]
  replies: readonly ToldReply[]
  said: ReadonlyMap<string, Said>
  /** Published comments in answered groups, by key. */
  inGroups: ReadonlyMap<string, number>
  openGroups: number
  directory: Directory
  language: string
  answerBy: number
  now: number
}

const nothing: Said = { comments: 0, support: 0, oppose: 0, amend: 0 }

export function reportOf({ row, drafts, replies, said, directory, ...rest }: Source): Report {
  const { language, answerBy, now, inGroups, openGroups } = rest
  const keyOf = (code: string) => directory.codeOf(directory.find('provision', code) ?? 0)
  const courses = coursesOf(row.code, drafts, keyOf)
  // The newest stands where several became one.
  const byKey = new Map(replies.toReversed().map((one) => [one.key, one]))
  const reads = readingIn(language, drafts)
  const itemOf = (key: string, course?: Course): ReportItem => {
    const own = byKey.get(key)
    const outer = course && byKey.get(outerKey(course, row.code, keyOf) ?? '')
    return {
      key,
      course,
      first: course && reads(course.first),
      now: course?.now.map(reads) ?? [],
      said: said.get(key) ?? nothing,
      reply: own ?? outer,
      isAnsweredWithin: own === undefined && outer !== undefined,
    }
  }
  const known = inOrder([...courses.values()]).map((course) => itemOf(course.key, course))
  const others = new Set([...said.keys(), ...byKey.keys()].filter((key) => key !== null))
  const left = [...others].filter((key) => key !== NONE && !courses.has(key))
  const items = [itemOf(NONE), ...known, ...left.map((key) => itemOf(key))].filter(
    ({ course, said, reply }) =>
      course?.first.provision.kind !== 'chapter' || said.comments > 0 || reply !== undefined,
  )
  const provisions = items.map(({ key, said: { comments }, reply }) => {
    return { comments, reply, inGroups: inGroups.get(key) ?? 0 }
  })
  const allSaid = { provisions, letters: newestByGroup(replies), openLetters: openGroups }
  return {
    row,
    language,
    draft: drafts.at(-1)?.number ?? null,
    adopted: row.outcome && adoptedDraft(row.outcome, drafts),
    madeAt: now,
    answerBy,
    figures: answeringOf(allSaid, { closesAt: row.closesAt, answerBy, now }),
    items,
    openGroups,
  }
}

/** As they stand now; what was taken out comes after. */
function inOrder(courses: readonly Course[]): Course[] {
  const [there, gone] = [
    courses.filter(({ now }) => now.length > 0),
    courses.filter(({ now }) => now.length === 0),
  ]
  return [...there, ...gone]
}

function outerKey(
  { first }: Course,
  code: string,
  keyOf: (code: string) => string,
): string | undefined {
  const { kind, within } = first.provision
  return kind === 'clause' && within !== null
    ? keyOf(`${code}/${first.draft}/${within}`)
    : undefined
}

function readingIn(language: string, drafts: readonly DraftRow[]) {
  const texts = new Map(
    drafts.map(({ number, texts }) => {
      const own = new Map((texts[language] ?? []).map((one) => [one.id, one]))
      return [number, own] as const
    }),
  )
  return ({ draft, provision }: Placed) => texts.get(draft)?.get(provision.id) ?? provision
}
