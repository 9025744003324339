import { stands } from '#shared/opinions/votes.ts'
import type { Named } from '#shared/polls/told.ts'
import { type Html, html } from '../forms/page.ts'
import { trap } from '../forms/reading.ts'
import { textIn } from '../forms/text-in.ts'
import type { PollRow, publishedStatements } from '../polls/poll-queries.ts'
import { LONGEST } from './events-of.ts'
import type { Filled } from './filled.ts'
import type { FormWords } from './words.ts'

/** Statements that one form holds. */
const MOST = 200

export interface Shown extends Filled {
  poll: PollRow
  statements: Awaited<ReturnType<typeof publishedStatements>>
  words: FormWords
  /** Of the texts of the poll, which the reader reads. */
  languages: readonly string[]
  until: string
  /** Where no cookie is kept, who answers is known by it. */
  person: string
  /** This browser has answered before, and its fields say what. */
  isAgain: boolean
  /** Why it was not taken. */
  fault?: string | undefined
}

/** The form of a poll, which needs no script. Fields: `q.QUESTION`, `s.STATEMENT`, `statement`, `g.GROUP`. */
export function formOf(shown: Shown): Html {
  const { poll, words, languages, until, person, isAgain, fault } = shown
  const summary = poll.summaries ? html`<p>${textIn(poll.summaries, languages)}</p>` : html``
  const asked = poll.kind === 'agreement' ? statementFields(shown) : questionFields(shown)
  const wrong = fault === undefined ? html`` : html`<p class="fault" role="alert">${fault}</p>`
  return html`${summary}${wrong}
    <p>${[words.until(until), words.say, ...(isAgain ? [words.given] : [])].join(words.gap)}</p>
    <form method="post">
      ${asked} ${ownStatement(shown)} ${groupFields(shown)} ${trap(words.trap)}
      <input type="hidden" name="person" value="${person}" hidden />
      <button type="submit">${words.send}</button>
    </form>`
}

function questionFields({ poll, words, languages, given }: Shown): Html[] {
  return poll.questions.map(({ id, texts, most, choices }) => {
    const type = most === 1 ? 'radio' : 'checkbox'
    const fields = choices.map(
      (one) =>
        html`<label
          ><input
            type="${type}"
            name="q.${id}"
            value="${one.id}"
            ${given.has(`q.${id}=${one.id}`) ? 'checked' : ''}
          /><span>${textIn(one.texts, languages)}</span></label
        >`,
    )
    return fieldset(textIn(texts, languages), most === 1 ? words.one : words.upTo(most), fields)
  })
}

function statementFields({ statements, words, languages, given }: Shown): Html[] {
  return statements.slice(0, MOST).map(({ code, texts }) => {
    const fields = stands.map(
      (stand) =>
        html`<label
          ><input
            type="radio"
            name="s.${code}"
            value="${stand}"
            ${given.has(`s.${code}=${stand}`) ? 'checked' : ''}
          /><span>${words[stand]}</span></label
        >`,
    )
    return fieldset(textIn(texts, languages), '', [html`<div class="stands">${fields}</div>`])
  })
}

/** One thought of one's own, on which others vote once it is published. */
function ownStatement({ poll, words, statement }: Shown): Html {
  if (!poll.takesStatements) return html``
  const field = html`<textarea
    name="statement"
    rows="2"
    maxlength="${LONGEST}"
    dir="auto"
    aria-label="${words.add}"
  >
${statement}</textarea>`
  return fieldset(words.add, words.addSay, [field])
}

function groupFields({ poll, words, languages, given }: Shown): Html {
  if (poll.groups.length === 0) return html``
  const fields = poll.groups.map(
    ({ id, texts, values }) =>
      html`<label
        ><span>${textIn(texts, languages)}</span
        ><select name="g.${id}">
          <option value="">${words.unsaid}</option>
          ${values.map((one) => optionOf(one, languages, given.has(`g.${id}=${one.id}`)))}
        </select></label
      >`,
  )
  return fieldset(words.about, words.aboutSay, fields)
}

const optionOf = ({ id, texts }: Named, languages: readonly string[], isGiven: boolean): Html =>
  html`<option value="${id}" ${isGiven ? 'selected' : ''}>${textIn(texts, languages)}</option>`

const fieldset = (legend: string, say: string, fields: readonly Html[]): Html =>
  html`<fieldset>
    <legend>${legend}</legend>
    ${say === '' ? html`` : html`<p>${say}</p>`}${fields}
  </fieldset> `
