import type { ServerStatus } from '#shared/server-status.ts'
import { protocol } from '#shared/wire.ts'
import type { PageState } from '../board/page-state.svelte.ts'
import { durationText, lag, number } from '../i18n/format.ts'
import { t } from '../i18n/t.ts'

type Fact = readonly [name: string, term: string, said: string]

/** How far the numbers are: what each pulse tells, and when the newest row came. */
export function journalFacts(page: PageState, status: ServerStatus | undefined): Fact[] {
  const { pulse } = page.live
  const { now } = page.freshness
  return [
    ['seq', t('status.seq'), pulse ? number(pulse.seq) : t('none')],
    ['age', t('status.age'), writtenText(page, status)],
    ['behind', t('status.behind'), pulse ? lag(Math.max(0, pulse.now - pulse.asOf)) : t('none')],
    ['now', t('status.now'), now === undefined ? t('none') : page.times.clock(now)],
  ]
}

/** It is written by the database's clock: beside the newest event's time it has no age. */
function writtenText({ freshness, times }: PageState, status: ServerStatus | undefined): string {
  if (!status?.journal.writtenAt || freshness.now === undefined) return t('none')
  const at = Date.parse(status.journal.writtenAt)
  return status.clock === 'events' ? times.moment(at) : ageText(freshness.now - at)
}

/** Told to the minute, so nothing shorter is claimed. */
const ageText = (age: number): string =>
  age < 60_000
    ? t('status.underMinute')
    : t('status.ago', { age: durationText(Math.floor(age / 60_000) * 60) })

export function cubeFacts(status: ServerStatus | undefined): Fact[] {
  const { cube, load } = status ?? {}
  const kept = t(status ? 'status.notPublic' : 'none')
  return [
    ['contributions', t('status.contributions'), cube ? about(cube.contributions) : t('none')],
    ['days', t('status.days'), cube ? number(cube.days) : t('none')],
    ['views', t('status.views'), load ? number(load.views) : kept],
    ['sockets', t('status.sockets'), load ? number(load.sockets) : kept],
  ]
}

const about = (n: number): string => t('status.about', { n })

export function versionFacts(page: PageState, status: ServerStatus | undefined): Fact[] {
  const told = (value: string | number | undefined) =>
    value === undefined ? t('none') : String(value)
  const commit = import.meta.env.COMMIT as string | undefined
  return [
    ['version', t('status.version'), told(status?.version)],
    ['commit', t('status.commit'), commit || t('status.unknown')],
    ['protocol', t('status.protocol'), told(status?.protocol ?? protocol)],
    ['meaning', t('status.meaning'), told(status?.contributions)],
    ...(status?.otherVersion === undefined
      ? []
      : [['other', t('status.other'), told(status.otherVersion)] as const]),
    ['policy', t('status.policy'), told(status?.policyVersion)],
    ['schema', t('status.schema'), told(status?.schema)],
    ['zone', t('status.zone'), told(status?.timeZone)],
    ['clock', t('status.clock'), status ? t(`status.clock.${status.clock}`) : t('none')],
    ['ledger', t('status.ledger'), ledgerText(page, status)],
    [
      'started',
      t('status.started'),
      status ? page.times.moment(Date.parse(status.startedAt)) : t('none'),
    ],
  ]
}

function ledgerText({ times }: PageState, status: ServerStatus | undefined): string {
  if (!status) return t('none')
  if (!status.ledger) return t('status.ledger.signed')
  const { since } = status.ledger
  if (since === null) return t('status.ledger.never')
  return t('status.ledger.since', { moment: times.moment(Date.parse(since)) })
}
