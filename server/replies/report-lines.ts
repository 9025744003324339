import { diffWords, type Stretch } from '#shared/consultations/word-diff.ts'
import { type Provision, wordsOf } from '#shared/consultations/provision.ts'
import { NONE } from '#shared/view.ts'
import { DAY } from '#shared/time.ts'
import type { Report, ReportItem } from './report.ts'
import type { Counts } from './report-counts.ts'
import type { ReportLetter } from './report-letters.ts'
import { ShortLines } from './report-short.ts'
import type { ReportWords } from './report-words.ts'

/** One line of the report; `changed` lines tell what was put in and what was left out. */
export interface Line {
  kind: 'title' | 'head' | 'plain' | 'quiet' | 'verdict' | 'open' | 'late' | 'text' | 'changed'
  text: string
  /** BCP 47, where it is not the report's. */
  language?: string | null
  stretches?: readonly Stretch[]
}

export interface Saying {
  words: ReportWords
  day: (at: number) => string
  nameIn: (names: Readonly<Record<string, string>>) => string
}

interface Told {
  counts: Counts
  /** The largest first. */
  letters: AsyncIterable<ReportLetter>
  /** So many of them are told with text and answer, the others in short. */
  wholly: number
}

/** The report from its first line to its last, one at a time; what is made of it is never held as a whole. */
export async function* linesOf(report: Report, told: Told, saying: Saying): AsyncGenerator<Line> {
  yield* summaryOf(report, told.counts, saying)
  for (const item of report.items) yield* itemLines(item, report, saying)
  yield* lettersPart(report, told, saying)
}

async function* lettersPart(
  report: Report,
  { letters, wholly }: Told,
  saying: Saying,
): AsyncGenerator<Line> {
  const items = new Map(report.items.map((item) => [item.key, item]))
  const { words } = saying
  const short = new ShortLines(words)
  let told = 0
  for await (const letter of letters) {
    const on = items.get(letter.provision)
    if (told++ < wholly) {
      yield* letterLines(letter, { on, report, saying })
      continue
    }
    if (told === wholly + 1) yield { kind: 'head', text: words.furtherLetters }
    const answer = letter.reply ?? on?.reply
    yield* short.take(letter, answer ? words.verdict[answer.verdict] : words.unansweredInShort)
  }
  yield* short.end()
}

function* summaryOf(report: Report, counts: Counts, saying: Saying): Generator<Line> {
  const { words, day, nameIn } = saying
  const { row, figures, draft } = report
  const { answerRate, adoptionOfAnswered, adoptionOfAll, timeToAnswer } = figures
  const plain = (text: string): Line => ({ kind: 'plain', text })
  yield { kind: 'title', text: nameIn(row.titles) }
  const term = words.term(day(row.opensAt), day(row.closesAt))
  yield plain(term + words.gap + words.due(day(report.answerBy)))
  const { outcome } = row
  yield plain(
    outcome ? words.law(nameIn(outcome.laws), day(outcome.adoptedAt), report.adopted) : words.noLaw,
  )
  if (draft !== null) yield plain(words.draft(draft))
  yield* countLines(counts, words)
  if (answerRate.value !== null) yield plain(words.answered(answerRate.hits, answerRate.n))
  if (adoptionOfAll.value !== null) {
    yield plain(words.adopted(adoptionOfAll.hits, adoptionOfAnswered.n, adoptionOfAll.n))
  }
  const { p50, p90 } = timeToAnswer
  if (p50 !== null && p90 !== null) {
    yield plain(words.waits(Math.ceil(p50 / DAY), Math.ceil(p90 / DAY)))
  }
  yield { kind: 'open', text: words.unanswered(figures.unanswered) }
  yield { kind: 'open', text: words.openLetters(report.openGroups) }
  if (figures.late > 0) yield { kind: 'late', text: words.late(figures.late) }
  yield { kind: 'quiet', text: words.made(day(report.madeAt)) }
}

function* countLines(counts: Counts, words: ReportWords): Generator<Line> {
  const { isCompared, withheldFor } = counts
  yield { kind: 'plain', text: words.tookPart(counts) }
  const soFar = isCompared ? '' : words.gap + words.soFar
  yield { kind: 'plain', text: words.counted(counts) + soFar }
  if (withheldFor.length > 0) yield { kind: 'plain', text: words.withheldFor(withheldFor) }
}

function* itemLines(item: ReportItem, report: Report, saying: Saying): Generator<Line> {
  const { words } = saying
  const { said } = item
  yield { kind: 'head', text: nameOf(item, words) }
  yield* changeOf(item, words)
  const { comments, support, oppose, amend } = said
  const text = comments > 0 ? words.said(comments, support, oppose, amend) : words.silent
  yield { kind: 'quiet', text }
  const within = item.isAnsweredWithin ? words.within : undefined
  yield* replyLines({ reply: item.reply, said, within }, report, saying)
}

interface Around {
  /** What its first comment is on. */
  on: ReportItem | undefined
  report: Report
  saying: Saying
}

/** An answer to what they are on holds for letters too, unless one is answered itself. */
function* letterLines(letter: ReportLetter, { on, report, saying }: Around): Generator<Line> {
  const { words } = saying
  const { comments, text, language, provision } = letter
  const about = on ? nameOf(on, words) : provision === NONE ? words.whole : provision
  yield { kind: 'head', text: words.letter(comments, about) }
  yield { kind: 'text', text, language }
  const reply = letter.reply ?? on?.reply
  const said = { comments }
  yield* replyLines(
    { reply, said, within: letter.reply ? undefined : words.withProvision },
    report,
    saying,
  )
}

function nameOf({ course, first, now, key }: ReportItem, words: ReportWords): string {
  const provision = now[0] ?? first
  if (provision?.kind === 'preamble') return words.preamble
  if (provision) return [provision.label, provision.heading].filter(Boolean).join(' ')
  return course || key !== '(none)' ? words.elsewhere(key) : words.whole
}

/** What it reads, and what became of it. */
function* changeOf({ course, first, now }: ReportItem, words: ReportWords): Generator<Line> {
  if (!course || !first) return
  const reads = now.map(wordsOf).join('\n')
  if (now.length === 0) {
    yield { kind: 'verdict', text: words.removed }
    yield { kind: 'changed', text: first.text, stretches: [{ kind: 'out', text: first.text }] }
    return
  }
  if (course.isChanged) {
    yield { kind: 'verdict', text: words.changed }
    yield { kind: 'changed', text: reads, stretches: diffWords(wordsOf(first), reads) }
    return
  }
  const added = course.first.draft > 1
  yield { kind: 'text', text: textsOf(now) }
  yield { kind: 'quiet', text: added ? words.added(course.first.draft) : words.kept }
}

const textsOf = (all: readonly Provision[]): string => all.map(({ text }) => text).join('\n')

interface Answered {
  reply: ReportItem['reply']
  said: { comments: number }
  /** What the answer was given to, where that is something else. */
  within: string | undefined
}

function* replyLines(answered: Answered, report: Report, saying: Saying): Generator<Line> {
  const { reply, said, within } = answered
  const { words, day, nameIn } = saying
  if (!reply) {
    const isLate = report.madeAt > report.answerBy
    if (said.comments === 0) yield { kind: 'quiet', text: words.nothing }
    else if (isLate) yield { kind: 'late', text: words.openLate }
    else yield { kind: 'open', text: words.open }
    return
  }
  const role = reply.role === 'official' || reply.role === 'secretariat' ? reply.role : 'system'
  yield {
    kind: 'verdict',
    text: `${words.verdict[reply.verdict]} · ${words.by(role, day(reply.at))}`,
  }
  if (within !== undefined) yield { kind: 'quiet', text: within }
  else if (reply.text === null) yield { kind: 'quiet', text: words.gone }
  else yield { kind: 'text', text: reply.text, language: reply.language }
  if (reply.clauses.length === 0 || within !== undefined) return
  yield {
    kind: 'quiet',
    text: words.clauses(reply.clauses.map(({ labels }) => nameIn(labels))),
  }
}
