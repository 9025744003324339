import { linkKinds } from '#shared/oversight/suggestion.ts'
import type { Key } from '../i18n/t.ts'
import { type Action, asks } from './actions.ts'

/** What is typed into the form of an action, whichever it asks for. */
export interface ActionFields {
  text: string
  links: { kind: (typeof linkKinds)[number]; to: string }[]
  evidence: string
  files: { hash: string; name: string }[]
  /** Empty: none is chosen; `(secretariat)`. */
  agency: string
}

/** Stands in a choice of agencies for the secretariat, which is none. */
export const SECRETARIAT = '(secretariat)'

export const blankAction = (action: Action) => (): ActionFields => ({
  text: '',
  links: asks[action].links === 'must' ? [{ kind: 'work-order', to: '' }] : [],
  evidence: '',
  files: [],
  agency: '',
})

export const actionFields = ['reason', 'note', 'links', 'evidence', 'attachments', 'agency']

/** A fingerprint, or the address of the page that shows it. */
const hashIn = (text: string): string | undefined => /[0-9a-f]{64}/.exec(text)?.[0]

/** What must be filled in and is not, before the server is asked. */
export function missingFrom(
  action: Action,
  fields: ActionFields,
): { path: string; key: Key } | undefined {
  const { text, links, proof, agency } = asks[action]
  if (agency && fields.agency === '') return { path: 'agency', key: 'suggestion.missing.agency' }
  if (text === 'reason' && fields.text.trim() === '')
    return { path: 'reason', key: 'suggestion.missing.reason' }
  if (links === 'must' && linksOf(fields).length === 0)
    return { path: 'links', key: 'suggestion.missing.links' }
  if (fields.evidence.trim() !== '' && !hashIn(fields.evidence))
    return { path: 'evidence', key: 'suggestion.missing.hash' }
  if (proof && fields.files.length === 0 && !hashIn(fields.evidence))
    return { path: 'evidence', key: 'suggestion.missing.proof' }
  return undefined
}

const linksOf = ({ links }: ActionFields) => links.filter(({ to }) => to.trim() !== '')

/** As the route of the action takes it. */
export function actionBody(action: Action, fields: ActionFields, version: number): object {
  const { text, links, proof, agency } = asks[action]
  const hash = hashIn(fields.evidence)
  return {
    version,
    ...(text === 'note' && { note: fields.text.trim() || null }),
    ...(text === 'reason' && { reason: fields.text }),
    ...(links && { links: linksOf(fields) }),
    ...(proof && {
      evidence: hash ? [hash] : [],
      attachments: fields.files.map(({ hash }) => hash),
    }),
    ...(agency && { agency: fields.agency === SECRETARIAT ? null : fields.agency }),
  }
}
