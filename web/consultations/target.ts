import type { ToldGroup } from '#shared/consultations/told-groups.ts'
import type { ToldReplies } from '#shared/consultations/told-replies.ts'
import { number } from '../i18n/format.ts'
import { t } from '../i18n/t.ts'
import type { StripItem } from './strip.ts'

/** What an answer is given to, as it is asked for. */
export interface Target {
  id: string
  kind: 'provision' | 'group'
  name: string
  /** With the version of the answer that stands; absent: none does. */
  about: ({ provision: string } | { group: number }) & { version?: number | undefined }
}

export function provisionTarget(item: StripItem, name: string, told: ToldReplies): Target {
  const provision = item.keys[0]!
  const version = told.replies.find(({ key }) => key === provision)?.version
  return { id: item.id, kind: 'provision', name, about: { provision, version } }
}

/** Characters of a letter by which it is told from others. */
const SHOWN = 60

export function groupTarget({ id, comments, texts }: ToldGroup, told: ToldReplies): Target {
  const text = texts[0]?.text ?? ''
  const begins = text.length > SHOWN ? `${text.slice(0, SHOWN).toWellFormed()} …` : text
  const version = told.replies.find(({ group }) => group === id)?.version
  return {
    id: String(id),
    kind: 'group',
    name: t('consultation.letter', { text: begins, n: number(comments) }),
    about: { group: id, version },
  }
}
