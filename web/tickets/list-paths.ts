import { mostRows, type TicketGrouping } from '#shared/tickets.ts'
import { apiQuery, type Question } from './question.ts'

/** Some rows of a question's list, from where `cursor` says. */
export const rowsPath = (query: string, cursor = ''): string =>
  `tickets?${[query, cursor, `limit=${mostRows}`].filter(Boolean).join('&')}`

/** How many rows the whole list has, by groups, which know it. */
export function countPath(query: string): string {
  const asked = query.split('&').filter((part) => !/^(sort|order)=/.test(part))
  return `tickets?${[...asked, 'by=status'].filter(Boolean).join('&')}`
}

/** How many of the question's tickets each group has, as the API is asked. */
export const groupsQuery = (question: Question, by: TicketGrouping): string =>
  [apiQuery({ ...question, sort: 'received', order: 'desc' }), `by=${by}`].filter(Boolean).join('&')

/** Where what is shown is had as a file; what a search found is not. */
export function csvPath(question: Question): string | undefined {
  if (question.q) return undefined
  const query = question.group ? groupsQuery(question, question.group) : apiQuery(question)
  return `/api/v1/tickets.csv${query === '' ? '' : `?${query}`}`
}
