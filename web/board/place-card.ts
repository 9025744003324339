const GAP = 8
const MARGIN = 16

/** What is known of the window: its size, how far the page has been scrolled, and from which side it is read. */
export interface Viewport {
  width: number
  height: number
  scrollX: number
  scrollY: number
  isRtl: boolean
}

type Box = Pick<DOMRect, 'top' | 'bottom' | 'left' | 'right'>

/**
 * Where on the page a card of this size stands: under its label, above it where only there is room, from where the
 * label begins on, and never past the sides of the window.
 */
export function placeCard(
  label: Box,
  card: { width: number; height: number },
  { width, height, scrollX, scrollY, isRtl }: Viewport,
): { top: number; left: number } {
  const below = label.bottom + GAP
  const above = label.top - GAP - card.height
  const isAbove = below + card.height > height - MARGIN && above >= MARGIN
  const begun = isRtl ? label.right + MARGIN - card.width : label.left - MARGIN
  const left = Math.max(MARGIN, Math.min(begun, width - card.width - MARGIN))
  return { top: (isAbove ? above : below) + scrollY, left: left + scrollX }
}
