import type { Role } from '#shared/oversight/act.ts'
import type { PublicTicket } from '#shared/tickets.ts'

interface Holding {
  role: Role
  /** By code; null: any. */
  jurisdiction: Readonly<Record<'agencies' | 'areas' | 'categories', readonly string[] | null>>
}

/** As far as a page can know: the server has the last word. What is not opened cannot be compared. */
export function mayCorrect({ role, jurisdiction }: Holding, ticket: PublicTicket): boolean {
  const { agencies, areas, categories } = jurisdiction
  const covers = (list: readonly string[] | null, code: string | undefined) =>
    list === null || code === undefined || list.includes(code)
  return (
    role !== 'observer' &&
    covers(agencies, ticket.agency) &&
    covers(areas, ticket.area) &&
    covers(categories, ticket.category)
  )
}
