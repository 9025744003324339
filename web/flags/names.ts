import type { Deployment } from '#shared/deployment.ts'
import { answerMeasures } from '#shared/consultations/answer-measures.ts'
import { PREAMBLE } from '#shared/consultations/provision.ts'
import { type MeasureId, measures } from '#shared/measures/all.ts'
import { textOf } from '../i18n/measure-text.ts'
import { nameIn } from '../i18n/name-in.ts'
import { t } from '../i18n/t.ts'
import type { TitleOf } from '../public-record/opinion-titles.svelte.ts'
import type { ToldFlag } from './told.ts'

type Dimension = 'agency' | 'area' | 'category'

export function memberName(
  deployment: Pick<Deployment, 'members'> | undefined,
  dimension: Dimension,
  code: string,
): string {
  const member = deployment?.members[dimension]?.find((one) => one.code === code)
  return nameIn(member?.names ?? {}, code)
}

/** Null is the secretariat. */
export const agencyName = (deployment: Deployment | undefined, code: string | null): string =>
  code === null ? t('flags.secretariat') : memberName(deployment, 'agency', code)

const restOf = (on: string): string => on.slice(on.indexOf(':') + 1)

/** What a flag is on: the measure, the ticket, tickets, or something of what the city asks its people. */
export function onText(
  { evidence: { kind, on } }: Pick<ToldFlag, 'evidence'>,
  titleOf: TitleOf,
): string {
  if (kind === 'ticket') return t('flags.on.ticket', { id: on.slice(on.indexOf('/') + 1) })
  if (kind === 'group') return t('flags.on.group')
  const [code = '', ...within] = restOf(on).split('/')
  if (kind === 'provision') {
    const title = titleOf('consultation', code)
    const id = within.at(-1)
    if (id === undefined) return t('flags.on.draft.of', { title })
    return id === PREAMBLE
      ? t('flags.on.preamble.of', { title })
      : t('flags.on.provision.of', { title, id })
  }
  if (kind === 'comment-group') {
    return t('flags.on.letter.of', { title: titleOf('consultation', code), id: within.join('/') })
  }
  if (kind === 'poll') {
    const title = titleOf('poll', code)
    return t(within.length > 0 ? 'flags.on.question.of' : 'flags.on.poll.of', { title })
  }
  const name = measureName(code)
  return within.length > 0
    ? t('flags.on.number.of', { name, title: titleOf('consultation', within.join('/')) })
    : name
}

function measureName(id: string): string {
  const own =
    id in measures ? measures[id as MeasureId] : answerMeasures.find((one) => one.id === id)
  return own ? textOf(own).name : id
}

/** Where its evidence lies; the whole city where it names no member. */
export function placeText({ place }: Pick<ToldFlag, 'place'>, deployment?: Deployment): string {
  const dimensions = ['category', 'area', 'agency'] as const
  const named = dimensions.flatMap((dimension) => {
    const code = place[dimension]
    return code === undefined ? [] : [memberName(deployment, dimension, code)]
  })
  return named.join(t('mark.comma')) || t('flags.wholeCity')
}
