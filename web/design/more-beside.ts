import type { Attachment } from 'svelte/attachments'

/** Tells of what scrolls sideways on which of its sides there is more: `data-more` holds `start`, `end`, or both. */
export const moreBeside: Attachment<HTMLElement> = (element) => {
  const look = () => {
    const { scrollLeft, scrollWidth, clientWidth } = element
    // Below zero where one reads from right to left.
    const passed = Math.abs(scrollLeft)
    const isEnd = passed + clientWidth > scrollWidth - 2
    element.dataset.more = [passed > 1 ? 'start' : '', isEnd ? '' : 'end'].join(' ').trim()
  }
  const sizes = new ResizeObserver(look)
  for (const one of [element, element.firstElementChild]) if (one) sizes.observe(one)
  element.addEventListener('scroll', look, { passive: true })
  return () => {
    sizes.disconnect()
    element.removeEventListener('scroll', look)
  }
}
