import type { MapSpot } from './map-data.ts'

const directions: Record<string, readonly [x: number, y: number]> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
}

/** The nearest area that lies more in an arrow's direction than aside; undefined for any other key. */
export function nextSpot(spots: readonly MapSpot[], from: string, key: string): string | undefined {
  const direction = directions[key]
  const here = spots.find(({ code }) => code === from)?.at
  if (!direction || !here) return undefined
  const [dx, dy] = direction
  const found = spots
    .map(({ code, at: [x, y] }) => {
      const [right, down] = [x - here[0], y - here[1]]
      const ahead = right * dx + down * dy
      const aside = Math.abs(right * dy) + Math.abs(down * dx)
      return { code, isThere: ahead > 0 && ahead >= aside / 2, far: ahead + aside }
    })
    .filter(({ isThere }) => isThere)
  return found.sort((a, b) => a.far - b.far)[0]?.code
}
