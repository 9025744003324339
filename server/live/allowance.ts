interface Allowed {
  atOnce: number
  aSecond: number
}

/** Answers whether one more is allowed: so many at once, and then so many a second (a token bucket). */
export function allowance({ atOnce, aSecond }: Allowed): () => boolean {
  let left = atOnce
  let at = performance.now()
  return () => {
    const now = performance.now()
    left = Math.min(atOnce, left + ((now - at) / 1000) * aSecond)
    at = now
    if (left < 1) return false
    left--
    return true
  }
}
