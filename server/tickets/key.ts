interface TicketKey {
  sourceId: number
  id: string
}

export const keyOf = ({ sourceId, id }: TicketKey): string => `${sourceId} ${id}`

export function byKey<T extends TicketKey>(rows: readonly T[]): Map<string, T> {
  return new Map(rows.map((row) => [keyOf(row), row]))
}

/** The order in which every transaction locks tickets: two that lock in different ones would wait for each other. */
export const inKeyOrder = (a: string, b: string): number => (a < b ? -1 : 1)
