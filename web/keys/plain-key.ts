/** What may be typed into: a key there is a letter, not an order. */
const FIELDS = 'input, textarea, select, [contenteditable]:not([contenteditable=false])'
/** Where letters choose an item, or where nothing behind is to be reached. */
const CLOSED = '[role=menu], [role=listbox], [aria-modal=true], [data-dialog-content]'

/** The key of a press that is an order to the page; undefined when it belongs to where the focus is. */
export function plainKey(event: KeyboardEvent): string | undefined {
  const { target, key, ctrlKey, metaKey, altKey } = event
  if (event.defaultPrevented || event.isComposing || ctrlKey || metaKey || altKey) return undefined
  if (target instanceof Element && target.closest(`${FIELDS}, ${CLOSED}`)) return undefined
  return key
}
