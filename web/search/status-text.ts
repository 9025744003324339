import { t } from '../i18n/t.ts'

/** How a ticket stands, in the words of the page; a status that it does not know, as it is. */
export function statusText(status: string): string {
  switch (status) {
    case 'open':
    case 'closed':
    case 'withdrawn':
    case 'duplicate':
    case 'out-of-jurisdiction':
      return t(`search.status.${status}`)
  }
  return status
}
