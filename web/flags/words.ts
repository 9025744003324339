import type { FlagKind, FlagStanding, Severity } from '#shared/oversight/flag.ts'
import { type Key, t } from '../i18n/t.ts'

const kinds: Readonly<Record<FlagKind, Key>> = {
  'wrong-number': 'flags.kind.wrongNumber',
  slow: 'flags.kind.slow',
  'not-really-resolved': 'flags.kind.notResolved',
  unfair: 'flags.kind.unfair',
  pattern: 'flags.kind.pattern',
  other: 'flags.kind.other',
}

export const kindWord = (kind: FlagKind): string => t(kinds[kind])

export const severityWord = (severity: Severity): string => t(`flags.severity.${severity}`)

/** Where nothing beside it says that it is the severity. */
export const severityNamed = (severity: Severity): string => t(`flags.severity.${severity}.named`)

export const stateWord = (state: FlagStanding): string => t(`flags.state.${state}`)
