import type { Deployment } from '#shared/deployment.ts'
import type { SourceState } from '#shared/wire.ts'
import { nameIn } from '../i18n/name-in.ts'
import { t } from '../i18n/t.ts'
import type { Times } from '../i18n/times.ts'
import type { Sign } from '../design/LiveDot.svelte'
import type { Freshness } from '../live/freshness.ts'

/** A source by the name that the city gives it in the language of the page, else by its own. */
export const nameOfSource = (deployment: Deployment | undefined, name: string): string =>
  nameIn(deployment?.place.sources?.[name] ?? {}, name)

/** The silent sources in a few words, for the foot of a tile; undefined when every source is heard. */
export function silenceText(
  { silentSources }: Freshness,
  deployment: Deployment | undefined,
): string | undefined {
  const [first, second] = silentSources
  if (!first) return undefined
  if (second) return t('sources.manySilent', { count: silentSources.length })
  return t('sources.silentOf', { names: nameOfSource(deployment, first.name) })
}

/** The same as a sentence, said once when it begins. */
export function silenceNotice(
  { silentSources, now }: Freshness,
  times: Times,
  deployment: Deployment | undefined,
): string | undefined {
  const [first] = silentSources
  if (!first) return undefined
  return t('notice.silent', {
    count: silentSources.length,
    names: silentSources.map(({ name }) => nameOfSource(deployment, name)).join(t('mark.list')),
    since: heardText(first, times, now),
  })
}

/** A source that was never heard waits: it is not counted among the heard. */
export function signOf({ heardAt, silent }: SourceState): Sign {
  if (silent) return 'silent'
  return heardAt === null ? 'loading' : 'live'
}

export function heardCount(sources: readonly SourceState[]): number {
  return sources.filter((source) => signOf(source) === 'live').length
}

export function heardText(source: SourceState, times: Times, now: number | undefined): string {
  if (source.heardAt === null) return t('sources.never')
  return times.since(source.heardAt, now ?? source.heardAt)
}
