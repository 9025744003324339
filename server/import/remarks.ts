/** What is odd about a row that is taken all the same, and how a summary puts it after the count. */
export const remarks = {
  disagreeing:
    'rows that are not closed and have a closing date: the mapping says which is believed',
  undated: 'rows that are closed and have no closing date: kept open',
  closedFirst: 'rows closed before they were received: kept, their duration refused',
  lowered: 'rows with a date beyond the latest the mapping allows: lowered to that',
  nowhere: 'rows with coordinates that mean "not known where": no location kept',
} as const

export type Remark = keyof typeof remarks
