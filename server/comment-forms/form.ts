import { stances, withholdReasons } from '#shared/consultations/comment.ts'
import { type Provision, wordsOf } from '#shared/consultations/provision.ts'
import { type Html, html } from '../forms/page.ts'
import { trap } from '../forms/reading.ts'
import { type FieldName, type Fields, type Faults, longest } from './filled.ts'
import type { LanguageChoice } from './languages.ts'
import type { CommentWords } from './words.ts'

export interface Shown {
  words: CommentWords
  draft: number
  provisions: readonly Provision[]
  languages: readonly LanguageChoice[]
  until: string
  /** Makes one comment of whatever is sent with it. */
  token: string
  fields: Fields
  faults: Faults
  /** Of no field. */
  fault?: string | undefined
}

/** The form of a consultation, which needs no script; with what was typed, and what is wrong beside its field. */
export function formOf(shown: Shown): Html {
  const { words, draft, until, token } = shown
  return html`<p>${words.until(until)}${words.gap}${words.say}</p>
    ${faultOver(shown)}
    <form method="post" novalidate>
      ${provisionField(shown)} ${stanceField(shown)} ${textField(shown, 'text')}
      ${textField(shown, 'proposal')} ${languageField(shown)} ${organisationField(shown)}
      ${trap(words.trap)}
      <input type="hidden" name="draft" value="${draft}" />
      <input type="hidden" name="token" value="${token}" />
      <button type="submit">${words.send}</button>
    </form>
    ${reasonsOf(words)}`
}

/** Why a text may be withheld: the whole published list. */
export const reasonsOf = (words: CommentWords): Html =>
  html`<details id="reasons">
    <summary>${words.reasons}</summary>
    <p>${words.reasonsSay}</p>
    <ul>
      ${withholdReasons.map((reason) => html`<li>${words.reason[reason]}</li>`)}
    </ul>
  </details>`

function faultOver({ faults, fault, words }: Shown): Html {
  const told = fault ?? (Object.keys(faults).length > 0 ? words.wrong : undefined)
  return told === undefined ? html`` : html`<p class="fault" role="alert">${told}</p>`
}

interface Label {
  name: FieldName
  label: string
  say?: string
}

/** Around what `control` makes with the attributes that tell what is wrong with it. */
function field(shown: Shown, { name, label, say }: Label, control: (told: Html) => Html): Html {
  const fault = shown.faults[name]
  const told = fault
    ? html`aria-invalid="true" aria-describedby="fault-${name}"`
    : html`${say === undefined ? html`` : html`aria-describedby="say-${name}"`}`
  return html`<div class="field">
    <label class="field" for="${name}"><span>${label}</span></label>
    ${say === undefined ? html`` : html`<small id="say-${name}">${say}</small>`}
    ${fault ? html`<p class="fault" id="fault-${name}">${fault}</p>` : html``} ${control(told)}
  </div>`
}

const isChosen = (is: boolean): Html => (is ? html`selected` : html``)

function provisionField(shown: Shown): Html {
  const { words, provisions, fields } = shown
  const read = provisions.find(({ id }) => id === fields.provision)
  const options = provisions.map(
    (one) =>
      html`<option value="${one.id}" ${isChosen(one === read)}>${nameOf(one, words)}</option>`,
  )
  const select = field(
    shown,
    { name: 'provision', label: words.about },
    (told) =>
      html`<select id="provision" name="provision" ${told}>
        <option value="">${words.whole}</option>
        ${options}
      </select>`,
  )
  return html`${select}
  ${read === undefined ? html`` : html`<blockquote>${wordsOf(read)}</blockquote>`}`
}

/** What lies in another stands under it. */
function nameOf({ kind, label, heading }: Provision, words: CommentWords): string {
  if (kind === 'preamble') return words.preamble
  return (kind === 'clause' ? '  ' : '') + [label, heading].filter((part) => part !== '').join(' ')
}

function stanceField({ words, fields, faults }: Shown): Html {
  const choices = ['', ...stances] as const
  const radios = choices.map(
    (one) =>
      html`<label
        ><input
          type="radio"
          name="stance"
          value="${one}"
          ${one === fields.stance ? html`checked` : html``}
        /><span>${one === '' ? words.unsaid : words.stances[one]}</span></label
      >`,
  )
  return html`<fieldset class="field">
    <legend>${words.stance}</legend>
    <i></i>
    ${faults.stance ? html`<p class="fault">${faults.stance}</p>` : html``}${radios}
  </fieldset>`
}

function textField(shown: Shown, name: 'text' | 'proposal'): Html {
  const { words, fields } = shown
  const most = longest[name]
  const say =
    name === 'text' ? words.textSay(most.toLocaleString(words.language)) : words.proposalSay
  // The first line break after the tag is not of the text.
  return field(
    shown,
    { name, label: words[name], say },
    (told) =>
      html`<textarea
        id="${name}"
        name="${name}"
        rows="${name === 'text' ? 8 : 4}"
        dir="auto"
        maxlength="${most}"
        ${told}
      >
${fields[name]}</textarea>`,
  )
}

function languageField(shown: Shown): Html {
  const { words, languages, fields } = shown
  const options = languages.map(
    ({ code, name }) =>
      html`<option value="${code}" lang="${code}" ${isChosen(code === fields.language)}>
        ${name}
      </option>`,
  )
  return field(
    shown,
    { name: 'language', label: words.languageOf },
    (told) =>
      html`<select id="language" name="language" ${told}>
        ${options}
        <option value="" ${isChosen(fields.language === '')}>${words.otherLanguage}</option>
      </select>`,
  )
}

function organisationField(shown: Shown): Html {
  const { words, fields } = shown
  return field(
    shown,
    { name: 'organisation', label: words.organisation, say: words.organisationSay },
    (told) =>
      html`<input
        id="organisation"
        name="organisation"
        value="${fields.organisation}"
        dir="auto"
        autocomplete="organization"
        maxlength="${longest.organisation}"
        ${told}
      />`,
  )
}
