/** Where a key leads among so many steps; the first key goes to the newest. Undefined when it leads nowhere. */
export function moveStep(at: number | undefined, key: string, count: number): number | undefined {
  if (count === 0) return undefined
  const last = count - 1
  switch (key) {
    case 'ArrowLeft':
      return at === undefined ? last : Math.max(0, at - 1)
    case 'ArrowRight':
      return at === undefined ? last : Math.min(last, at + 1)
    case 'Home':
      return 0
    case 'End':
      return last
  }
  return undefined
}
