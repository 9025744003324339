import { mostRows } from '#shared/tickets.ts'

/** Some rows of a question's list, from where `cursor` says. */
export const rowsPath = (query: string, cursor = ''): string =>
  `tickets?${[query, cursor, `limit=${mostRows}`].filter(Boolean).join('&')}`

/** How many rows the whole list has, by groups, which know it. */
export function countPath(query: string): string {
  const asked = query.split('&').filter((part) => !/^(sort|order)=/.test(part))
  return `tickets?${[...asked, 'by=status'].filter(Boolean).join('&')}`
}
