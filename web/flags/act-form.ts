import type { Link } from '#shared/oversight/suggestion.ts'
import type { Deed } from './may.ts'
import type { KeptFile } from './kept.ts'
import type { ToldFlag } from './told.ts'

/** Fields of the form of each act, in their order; those that it cannot do without first told by `needed`. */
interface Form {
  fields: readonly Field[]
  needed: readonly Field[]
}

export type Field =
  | 'template'
  | 'for'
  | 'to'
  | 'ticket'
  | 'stated'
  | 'text'
  | 'reason'
  | 'done'
  | 'links'
  | 'attachments'
  | 'language'

export const forms: Readonly<Record<Deed, Form>> = {
  acknowledgement: { fields: [], needed: [] },
  answer: {
    fields: ['template', 'text', 'done', 'links', 'attachments', 'language'],
    needed: ['text'],
  },
  acceptance: { fields: ['text'], needed: [] },
  dispute: { fields: ['reason'], needed: ['reason'] },
  settlement: { fields: ['for', 'text'], needed: ['for', 'text'] },
  joining: { fields: ['text', 'language'], needed: [] },
  notes: { fields: ['text', 'attachments', 'language'], needed: ['text'] },
  transfer: { fields: ['to', 'reason'], needed: ['to', 'reason'] },
  correction: { fields: ['ticket', 'stated', 'reason'], needed: ['ticket', 'reason'] },
  corrections: { fields: ['ticket', 'text'], needed: ['ticket', 'text'] },
  withdrawal: { fields: ['reason'], needed: ['reason'] },
}

export type Words = Record<Exclude<Field, 'attachments'>, string>

/** The secretariat, which has no code. */
export const SECRETARIAT = '(secretariat)'

export const noWords = (language: string): Words => ({
  ...{ template: '', for: '', to: '', ticket: '', text: '', reason: '', done: '', links: '' },
  stated: '',
  language,
})

/** What the server is told: of the version that was seen. */
export function bodyOf(
  deed: Deed,
  words: Words,
  { files, version }: { files: readonly KeptFile[]; version: number },
): object {
  const told = forms[deed].fields.map((field) => [field, tell(field, words, files)])
  return { ...Object.fromEntries(told), version }
}

function tell(field: Field, words: Words, files: readonly KeptFile[]): unknown {
  if (field === 'attachments') return files.map(({ hash }) => hash)
  if (field === 'template') return words.template === '' ? null : Number(words.template)
  if (field === 'to') return words.to === SECRETARIAT ? null : words.to
  if (field === 'links') return linksIn(words.links)
  if (field === 'ticket') return ticketIn(words.ticket)
  return words[field]
}

/** One a line. */
export const linksIn = (text: string): (string | Link)[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map(linkIn)

/** What is neither an address nor a path is a rule, as it is cited. */
const linkIn = (line: string): string | Link =>
  /^([a-z][a-z\d+.-]*:|\/)/i.test(line) ? line : { kind: 'rule', to: line }

/** `MARK/ID`, also where the address of its page was pasted. */
export function ticketIn(text: string): string {
  const [, path] = /\/tickets\/([^/?#]+\/[^/?#]+)/.exec(text) ?? []
  return path === undefined ? text.trim() : decodeURIComponent(path)
}

/** Of the ticket that a flag is on, if it is on one. */
export const ticketOf = ({ evidence: { kind, on } }: Pick<ToldFlag, 'evidence'>): string =>
  kind === 'ticket' ? on.slice('ticket:'.length) : ''

/** The first field that is needed and empty. */
export const missingIn = (deed: Deed, words: Words): Field | undefined =>
  forms[deed].needed.find((field) => field !== 'attachments' && words[field].trim() === '')
