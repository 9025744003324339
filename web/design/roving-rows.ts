const CONTROLS = 'tbody :is(button, a[href])'

/**
 * Makes what can be pressed in a table's rows one stop of the Tab key: up and down lead from row to row, left
 * and right to what a row offers, Escape back to the row's name.
 */
export function rovingRows(table: HTMLTableElement): () => void {
  let current: HTMLElement | undefined

  const rowsOf = () =>
    [...table.querySelectorAll<HTMLTableRowElement>('tbody tr')].flatMap((row) => {
      const all = [...row.querySelectorAll<HTMLElement>('button, a[href]')]
      // Labels that stand in the rows of narrow windows alone cannot be focused in others.
      const controls = all.filter((control) => control.checkVisibility())
      return controls.length > 0 ? [controls] : []
    })

  /** Rows come, go and change places: one thing in them can always be reached. */
  function settle() {
    const all = [...table.querySelectorAll<HTMLElement>(CONTROLS)]
    if (!current || !all.includes(current)) current = all[0]
    for (const control of all) control.tabIndex = control === current ? 0 : -1
  }

  function onfocusin({ target }: FocusEvent) {
    if (!(target instanceof HTMLElement) || !target.matches(CONTROLS)) return
    current = target
    settle()
  }

  function onkeydown(event: KeyboardEvent) {
    const { target } = event
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    if (!(target instanceof HTMLElement) || !target.matches(CONTROLS)) return
    if (target.ariaExpanded === 'true') return
    const isRtl = getComputedStyle(table).direction === 'rtl'
    const next = nextControl(rowsOf(), { from: target, key: event.key, isRtl })
    if (!next) return
    event.preventDefault()
    next.focus()
  }

  const watch = new MutationObserver(settle)
  watch.observe(table, { childList: true, subtree: true })
  table.addEventListener('focusin', onfocusin)
  table.addEventListener('keydown', onkeydown)
  settle()
  return () => {
    watch.disconnect()
    table.removeEventListener('focusin', onfocusin)
    table.removeEventListener('keydown', onkeydown)
  }
}

interface Press<T> {
  from: T
  key: string
  isRtl: boolean
}

/** Where a key leads from one of a table's controls, by row; undefined when it leads nowhere. */
export function nextControl<T>(
  rows: readonly (readonly T[])[],
  { from, key, isRtl }: Press<T>,
): T | undefined {
  const y = rows.findIndex((row) => row.includes(from))
  const row = rows[y]
  if (!row) return undefined
  const x = row.indexOf(from)
  const forward = isRtl ? -1 : 1
  const nameOf = (place: number) => rows[Math.max(0, Math.min(rows.length - 1, place))]![0]
  const within = (place: number) => row[Math.max(0, Math.min(row.length - 1, place))]
  switch (key) {
    case 'ArrowUp':
      return nameOf(y - 1)
    case 'ArrowDown':
      return nameOf(y + 1)
    case 'Home':
      return nameOf(0)
    case 'End':
      return nameOf(rows.length - 1)
    case 'ArrowRight':
      return within(x + forward)
    case 'ArrowLeft':
      return within(x - forward)
    case 'Escape':
      return x > 0 ? row[0] : undefined
  }
  return undefined
}
