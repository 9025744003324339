/** Moves labels apart that would cover each other, in their order from top to bottom, inside [top, bottom]. */
export function placeLabels<T extends { y: number; height: number }>(
  labels: readonly T[],
  top: number,
  bottom: number,
): T[] {
  const placed = [...labels].sort((a, b) => a.y - b.y).map((label) => ({ ...label }))
  let free = top
  for (const label of placed) {
    label.y = Math.max(label.y, free)
    free = label.y + label.height
  }
  free = bottom
  for (const label of placed.reverse()) {
    label.y = Math.min(label.y, free - label.height)
    free = label.y
  }
  return placed.reverse()
}
