const GAP = 8
const MARGIN = 16

/** What is known of the window: its size, and how far the page has been scrolled. */
export interface Viewport {
  width: number
  height: number
  scrollX: number
  scrollY: number
}

type Box = Pick<DOMRect, 'top' | 'bottom' | 'left'>

/**
 * Where on the page a card of this size stands: under its label, above it where only there is room,
 * and never past the sides of the window.
 */
export function placeCard(
  label: Box,
  card: { width: number; height: number },
  { width, height, scrollX, scrollY }: Viewport,
): { top: number; left: number } {
  const below = label.bottom + GAP
  const above = label.top - GAP - card.height
  const isAbove = below + card.height > height - MARGIN && above >= MARGIN
  const left = Math.max(MARGIN, Math.min(label.left - MARGIN, width - card.width - MARGIN))
  return { top: (isAbove ? above : below) + scrollY, left: left + scrollX }
}
