import type { Provision } from '#shared/consultations/provision.ts'
import type { ConsultationDetail, ToldProvision } from '#shared/consultations/told.ts'
import { language } from '../i18n/language.svelte.ts'
import { t } from '../i18n/t.ts'

/** What a draft calls it; a preamble it does not call anything. */
export const provisionName = ({ kind, label, heading }: Provision): string =>
  kind === 'preamble' ? t('consultation.preamble') : [label, heading].filter(Boolean).join(' ')

/** What a draft calls these, each without its heading where it has a number, a clause with its article. */
export function labelsIn(texts: Drafted, ids: readonly string[]): string {
  const all = inLanguage(texts) ?? []
  const labels = all.flatMap((one) => (ids.includes(one.id) ? [labelOf(one, all)] : []))
  return labels.join(t('mark.list'))
}

type Drafted = Readonly<Record<string, readonly Provision[]>>

function labelOf(provision: Provision, all: readonly Provision[]): string {
  const { kind, label, within } = provision
  const article = kind === 'clause' ? all.find(({ id }) => id === within) : undefined
  return [article?.label, label].filter(Boolean).join(' ') || provisionName(provision)
}

/** A provision that the draft which is shown has no more, and the last draft that had it. */
export interface Gone extends ToldProvision {
  keys: readonly string[]
  draft: number
  /** The label of the article that a clause lay in. */
  of: string | null
}

/** As the page calls it, wherever it stands. */
function nameOf(provision: ToldProvision | Gone): string {
  if (!('draft' in provision)) return provisionName(provision)
  const { of, draft } = provision
  const name = [of, provisionName(provision)].filter(Boolean).join(' ')
  return t('consultation.gone', { name, draft })
}

/** What is in no draft that is shown, by its key. */
const elsewhereName = (key: string): string => t('consultation.elsewhere', { key })

interface Item {
  kind: string
  id: string
  provision: ToldProvision | Gone | undefined
}

export function itemName({ kind, id, provision }: Item): string {
  if (kind === 'whole') return t('consultation.whole')
  return provision ? nameOf(provision) : elsewhereName(id)
}

type Texts = Pick<ConsultationDetail, 'texts' | 'gone'>

/** In the language of the page, or in the first that there is. */
export const inLanguage = <Text>(texts: Readonly<Record<string, Text>>): Text | undefined =>
  texts[language().code] ?? Object.values(texts)[0]

export const goneFrom = ({ gone }: Pick<Texts, 'gone'>): Gone[] =>
  gone.flatMap(({ texts, ...told }) => {
    const text = inLanguage(texts)
    return text ? [{ ...text, ...told }] : []
  })

/** By key what it is called, in the draft or as it was taken out of it; null: the whole draft. */
export function namesIn(detail: Texts): (key: string | null) => string {
  const all = [...goneFrom(detail), ...(inLanguage(detail.texts) ?? [])]
  const names = new Map(all.map((one) => [one.key, nameOf(one)]))
  return (key) => (key === null ? t('consultation.whole') : (names.get(key) ?? elsewhereName(key)))
}
