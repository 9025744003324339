import type { Source } from './queries.ts'

/** Read files are told once and then say nothing: their silence means nothing. */
const FILE = 'file'

/** Not heard for longer than is usual for it. One that was never heard has not begun yet. */
export function isSilent(
  { kind, heardAt, silentAfter }: Pick<Source, 'kind' | 'heardAt' | 'silentAfter'>,
  now: number,
): boolean {
  return kind !== FILE && heardAt !== null && heardAt < now - silentAfter * 1000
}
