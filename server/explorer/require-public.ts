import { type Dimension, dimensions } from '#shared/ticket.ts'
import { requireOpened } from '../tickets/public-ticket.ts'
import type { ListQuestion } from './question.ts'

/** Throws a 403 for a list that is narrowed or grouped by what is not opened. */
export function requirePublic(
  { filters, by }: Pick<ListQuestion, 'filters' | 'by'>,
  { opened }: { opened: Dimension[] },
): void {
  for (const dimension of dimensions) {
    if (filters[dimension]) requireOpened(dimension, { opened, path: dimension })
  }
  if (by && by !== 'status') requireOpened(by, { opened, path: 'by' })
}
