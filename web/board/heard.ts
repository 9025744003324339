import type { SourceState } from '#shared/wire.ts'

/**
 * When every source is silent: the instant since which nothing could have come in, so that zeros after
 * it are "not heard", not "nothing happened". Undefined while one source is heard, or none is known.
 */
export function unheardSince(sources: readonly SourceState[]): number | undefined {
  if (sources.length === 0 || sources.some((source) => !source.silent)) return undefined
  return Math.max(...sources.map((source) => source.heardAt ?? -Infinity))
}
