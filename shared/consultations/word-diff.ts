import { tokensOf } from './words.ts'

/** A stretch of two texts: in both, only in the new, or only in the old. */
export interface Stretch {
  kind: 'same' | 'in' | 'out'
  text: string
}

/** Beyond so many pairs of words the middle is told as replaced whole. */
const MOST_PAIRS = 4_000_000

/** What changed between two texts, word by word: `same` and `out` make the old, `same` and `in` the new. */
export function diffWords(before: string, after: string): Stretch[] {
  const [old, now] = [tokensOf(before), tokensOf(after)]
  let head = 0
  while (head < old.length && head < now.length && old[head] === now[head]) head++
  let tail = 0
  const least = Math.min(old.length, now.length) - head
  while (tail < least && old.at(-1 - tail) === now.at(-1 - tail)) tail++
  const middle = between(old.slice(head, old.length - tail), now.slice(head, now.length - tail))
  return joined([
    ...old.slice(0, head).map(same),
    ...middle,
    ...old.slice(old.length - tail).map(same),
  ])
}

const same = (text: string): Stretch => ({ kind: 'same', text })

function between(old: readonly string[], now: readonly string[]): Stretch[] {
  const out = (text: string): Stretch => ({ kind: 'out', text })
  const into = (text: string): Stretch => ({ kind: 'in', text })
  if (old.length * now.length > MOST_PAIRS) return [...old.map(out), ...now.map(into)]
  const width = now.length + 1
  const longest = longestCommon(old, now)
  const found: Stretch[] = []
  let [i, j] = [0, 0]
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      found.push(same(old[i]!))
      i++
      j++
    } else if (
      i < old.length &&
      longest[(i + 1) * width + j]! >= (j < now.length ? longest[i * width + j + 1]! : 0)
    ) {
      found.push(out(old[i++]!))
    } else found.push(into(now[j++]!))
  }
  return found
}

/** The length of the longest common run of words from each pair of places on. */
function longestCommon(old: readonly string[], now: readonly string[]): Uint16Array {
  const width = now.length + 1
  const longest = new Uint16Array((old.length + 1) * width)
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      const at = i * width + j
      longest[at] =
        old[i] === now[j]
          ? longest[at + width + 1]! + 1
          : Math.max(longest[at + width]!, longest[at + 1]!)
    }
  }
  return longest
}

/** What is taken out stands before what is put in, and neighbours of one kind are one stretch. */
function joined(stretches: readonly Stretch[]): Stretch[] {
  const found: Stretch[] = []
  let [out, into] = ['', '']
  const flush = () => {
    if (out !== '') found.push({ kind: 'out', text: out })
    if (into !== '') found.push({ kind: 'in', text: into })
    out = into = ''
  }
  for (const { kind, text } of stretches) {
    if (kind === 'out') out += text
    else if (kind === 'in') into += text
    else {
      flush()
      const last = found.at(-1)
      if (last?.kind === 'same') last.text += text
      else found.push({ kind, text })
    }
  }
  flush()
  return found
}
