import type { Attachment } from 'svelte/attachments'

/** How far outside the window is near. */
const AHEAD = '200px'

/** Acts once, when an element comes near the window: for what one must scroll to. */
export function whenNear(act: () => void): Attachment {
  return (element) => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return
        observer.disconnect()
        act()
      },
      { rootMargin: AHEAD },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }
}
