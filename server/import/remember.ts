const MOST = 5000
const LONGEST = 100

/** The same function, which does not think twice about a short text: for columns that say few things often. */
export function remember<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const answer = read(text)
    if (text.length > LONGEST) return answer
    if (known.size >= MOST) known.clear()
    known.set(text, answer)
    return answer
  }
}
