import type { ListedComment } from '../consultations/reading-queries.ts'
import { type Html, html } from '../forms/page.ts'
import { type Fields, fieldNames } from './filled.ts'
import { reasonsOf } from './form.ts'
import type { CommentWords } from './words.ts'

interface Place {
  code: string
  words: CommentWords
}

const draftLink = ({ code, words }: Place): Html =>
  html`<p><a href="/consultations/${code}">${words.page}</a></p>`

/** Why nothing is taken; with all that was typed, where anything was. */
export function shutPage(place: Place, why: string, fields: Fields | undefined): Html {
  const typed = fields && fieldNames.filter((name) => name === 'text' || name === 'proposal')
  const kept = (typed ?? []).filter((name) => fields![name] !== '')
  return html`<p role="status"><strong>${why}</strong></p>
    ${kept.map(
      (name) =>
        html`<p>${place.words.wrote}</p>
          <blockquote>${fields![name]}</blockquote>`,
    )}
    ${draftLink(place)}`
}

/** A receipt, and how the comment is found by it. */
export function takenPage(place: Place, receipt: string): Html {
  const { code, words } = place
  return html`<p role="status"><strong>${words.thanks}</strong></p>
    <p><strong>${words.receipt(receipt)}</strong></p>
    <p>${words.findSay}</p>
    <p>
      <a href="/consultations/${code}/comments/${receipt}?lang=${words.language}">${words.find}</a>
    </p>
    <p><a href="/consultations/${code}/form?lang=${words.language}">${words.again}</a></p>
    ${draftLink(place)}`
}

interface Telling {
  comment: ListedComment
  language: string | null
  /** What it is about. */
  about: string
  momentOf: (at: number) => string
  dayOf: (at: number) => string
}

/** One comment as everybody may read it. */
export function commentPage(place: Place, told: Telling): Html {
  const { words } = place
  const { comment, about, momentOf } = told
  return html`<p>${words.comment(comment.id)}</p>
    <p>${words.received(momentOf(comment.at))}</p>
    <p>${about}</p>
    ${comment.withheldFor === null ? wordsSaid(place, told) : withheldLine(words, told)}
    ${draftLink(place)} ${comment.withheldFor === null ? html`` : reasonsOf(words)}`
}

function wordsSaid({ words }: Place, { comment, language }: Telling): Html {
  const { stance, organisation, text, proposal } = comment
  const lang = language === null ? html`` : html` lang="${language}"`
  return html`${stance === null ? html`` : html`<p>${words.stances[stance]}</p>`}
    ${organisation === null ? html`` : html`<p>${organisation}</p>`}
    <blockquote dir="auto" ${lang}>${text}</blockquote>
    ${
      proposal === null
        ? html``
        : html`<p>${words.proposed}</p>
            <blockquote dir="auto" ${lang}>${proposal}</blockquote>`
    }`
}

function withheldLine(words: CommentWords, { comment, dayOf }: Telling): Html {
  const reason = words.reason[comment.withheldFor!]
  const line =
    comment.withheldAt === null
      ? words.withheldBySource(reason)
      : words.withheldOn(dayOf(comment.withheldAt), reason)
  return html`<p role="status"><strong>${line}</strong></p>`
}
