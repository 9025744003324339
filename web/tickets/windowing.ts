/** Rows from `from` up to but not `to`. */
export interface Span {
  from: number
  to: number
}

interface Sight {
  /** Pixels of the list that are scrolled out above what is seen; negative while it begins further down. */
  above: number
  /** Pixels of it that are seen at most. */
  height: number
  rowHeight: number
  count: number
}

/** Drawn above and below what is seen, so that a step of scrolling finds them there. */
const SPARE = 6

/** The rows to draw: as many wherever one is, while the list is long enough. */
export function drawnSpan(sight: Sight): Span {
  const { height, rowHeight, count } = sight
  if (rowHeight <= 0) return { from: 0, to: 0 }
  const size = Math.min(count, Math.ceil(Math.max(0, height) / rowHeight) + 1 + 2 * SPARE)
  const from = Math.max(0, Math.min(seenSpan(sight).from - SPARE, count - size))
  return { from, to: from + size }
}

/** What is drawn at a place of the pool: a row keeps its place while it is drawn, so none is made anew. */
export function indexAt(slot: number, { from, to }: Span): number {
  const size = to - from
  return from + ((((slot - from) % size) + size) % size)
}

/** The rows of which something is seen. */
export function seenSpan({ above, height, rowHeight, count }: Sight): Span {
  if (rowHeight <= 0) return { from: 0, to: 0 }
  const within = (index: number) => Math.max(0, Math.min(count, index))
  return {
    from: within(Math.floor(above / rowHeight)),
    to: within(Math.ceil((above + height) / rowHeight)),
  }
}

/** How far to scroll so that a whole row is seen: 0 when it is. */
export function scrollToSee(index: number, { above, height, rowHeight }: Sight): number {
  const top = index * rowHeight - above
  if (top < 0) return top
  return Math.max(0, top + rowHeight - height)
}

/** Where a key leads in a list of rows; undefined when it is none of its keys. */
export function moveRow(
  key: string,
  index: number,
  { count, page }: { count: number; page: number },
) {
  const within = (place: number) => Math.max(0, Math.min(count - 1, place))
  switch (key) {
    case 'ArrowUp':
      return within(index - 1)
    case 'ArrowDown':
      return within(index + 1)
    case 'PageUp':
      return within(index - page)
    case 'PageDown':
      return within(index + page)
    case 'Home':
      return 0
    case 'End':
      return within(count - 1)
  }
  return undefined
}
