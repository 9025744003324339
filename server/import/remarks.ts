/** What is odd about a row that is taken all the same, and how a summary puts it after the count. */
export const remarks = {
  disagreeing:
    'rows that are not closed and have a closing date: the mapping says which is believed',
  undated: 'rows that are closed and have no closing date: kept open',
  closedFirst: 'rows closed before they were received: kept, their duration refused',
  excluded: 'rows that are duplicates, withdrawn or out of jurisdiction: counted only as such',
  respelled:
    'rows that spell an agency, area, category, channel or language otherwise than a row before: counted as one',
  otherFormat: 'rows with a time in another than the first of the mapping’s formats',
  offsetIgnored: 'rows with a time that states an offset: taken as local, as the mapping says',
  outside: 'rows received in another period than most: kept',
  lowered: 'rows with a date beyond the latest the mapping allows: lowered to that',
  nowhere: 'rows with coordinates that mean "not known where": no location kept',
} as const

export type Remark = keyof typeof remarks

/** Called for what is odd about the row that is being read, as often as it is seen. */
export type Note = (remark: Remark) => void
