import type { Caption } from '../design/picture.ts'
import { nameIn } from '../i18n/name-in.ts'
import { t } from '../i18n/t.ts'
import type { BoardState } from './board-state.svelte.ts'
import { ageText } from './sentences.ts'

/** What a picture of a panel says besides what the panel shows; `notes` tell how to read it. */
export function captionOf(
  { deployment, freshness, times }: Pick<BoardState, 'deployment' | 'freshness' | 'times'>,
  title: string,
  notes: readonly string[],
): Caption {
  const { names, demonstration } = deployment?.place ?? { names: {} }
  return {
    title,
    place: nameIn(names, t('page.name')),
    notes: [...notes, ...(demonstration ? [t('demo')] : [])],
    age: ageText(freshness, times, deployment?.clock === 'events'),
    at: freshness.asOf,
    timeZone: times.zone,
  }
}
