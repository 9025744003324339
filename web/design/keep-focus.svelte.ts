import { untrack } from 'svelte'

const FOCUSABLE = 'a[href], button, [tabindex]'

/** Which control of which row has the focus; rows are told apart by `data-code`. */
interface Place {
  code: string
  index: number
}

/**
 * Leaves the focus where it is when rows change their places: a browser takes it from an element that is
 * moved. Call it while the component is set up that shows `rows`.
 */
export function keepFocus(table: () => HTMLElement | undefined, rows: () => unknown): void {
  let place: Place | undefined
  $effect.pre(() => {
    void rows()
    place = untrack(() => placeOf(document.activeElement, table()))
  })
  $effect(() => {
    void rows()
    const isLost = document.activeElement === document.body
    if (place && isLost) untrack(() => focusOn(place!, table()))
  })
}

function placeOf(focused: Element | null, table: HTMLElement | undefined): Place | undefined {
  const row = table?.contains(focused) ? focused!.closest<HTMLElement>('[data-code]') : null
  if (!row) return undefined
  return { code: row.dataset.code!, index: [...row.querySelectorAll(FOCUSABLE)].indexOf(focused!) }
}

function focusOn({ code, index }: Place, table: HTMLElement | undefined): void {
  const row = table?.querySelector(`[data-code="${CSS.escape(code)}"]`)
  row?.querySelectorAll<HTMLElement>(FOCUSABLE)[index]?.focus({ preventScroll: true })
}
