import { none, type Told, type Unread } from '#shared/unread.ts'

const VERSION = 2

/** Each who signs in with this browser has their own. */
export const nameOf = (person: string): string => `clerestory.records.${person}`

export const writeKept = (state: Unread): string => JSON.stringify({ version: VERSION, ...state })

/** What a store holds, whatever is written there: what cannot be read is as good as nothing. */
export function readKept(text: string | null): Unread {
  try {
    const { version, ...kept } = JSON.parse(text ?? '{}') as { version?: unknown }
    return version === VERSION && isUnread(kept) ? kept : none
  } catch {
    return none
  }
}

function isUnread(value: unknown): value is Unread {
  if (!isRecord(value)) return false
  const { past, at, told, read, readUpTo, looked } = value
  const isPoint = at === null || (isRecord(at) && isSeq(at.seq) && typeof at.mark === 'string')
  const isRead = isRecord(read) && Object.values(read).every(isSeq)
  const isAll = [past, readUpTo, looked].every(isSeq)
  return isAll && isPoint && Array.isArray(told) && told.every(isTold) && isRead
}

function isTold(value: unknown): value is Told {
  if (!isRecord(value)) return false
  const { seq, subject, kind, why } = value
  const isNamed = typeof subject === 'string' && typeof kind === 'string'
  return isSeq(seq) && isNamed && (why === 'own' || why === 'agency')
}

const isSeq = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
