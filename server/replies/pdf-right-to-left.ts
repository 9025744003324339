import { type Run, runsOf } from './pdf-text.ts'

const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u
const STRONG = /\p{L}/u

/** Whether a paragraph runs from right to left: as its first letter does. */
export function isRightToLeft(text: string): boolean {
  const first = STRONG.exec(text)?.[0]
  return first !== undefined && RIGHT_TO_LEFT.test(first)
}

/** A word with what its stretch is called; the runs of one from right to left stand the last one first. */
export interface Word<Kind> {
  kind: Kind
  runs: readonly Run[]
  isRightToLeft: boolean
  width: number
}

interface Stretch<Kind> {
  kind: Kind
  text: string
}

interface Setting {
  language: string | undefined
  widthOf: (run: Run) => number
}

/** Paragraphs of words. */
export function wordsOf<Kind>(
  stretches: readonly Stretch<Kind>[],
  { language, widthOf }: Setting,
): Word<Kind>[][] {
  const paragraphs: Word<Kind>[][] = [[]]
  for (const { kind, text } of stretches) {
    for (const piece of text.split(/(\n)|\s+/u).filter((one) => one)) {
      if (piece === '\n') paragraphs.push([])
      else {
        const runs = runsOf(piece, language)
        const width = runs.reduce((sum, run) => sum + widthOf(run), 0)
        const isReversed = isRightToLeft(piece)
        const ordered = isReversed ? runs.toReversed().map(mirrored) : runs
        paragraphs.at(-1)!.push({ kind, runs: ordered, isRightToLeft: isReversed, width })
      }
    }
  }
  return paragraphs
}

const mirrors: Readonly<Record<string, string>> = {
  ...{ '(': ')', ')': '(', '[': ']', ']': '[', '{': '}', '}': '{' },
  ...{ '«': '»', '»': '«', '<': '>', '>': '<' },
}

/** Brackets open to the left. */
const mirrored = ({ font, text }: Run): Run => ({
  font,
  text: text.replaceAll(/[()[\]{}«»<>]/g, (one) => mirrors[one]!),
})

/** As many words a line as are no wider than it. */
export function linesOf<Kind>(
  words: readonly Word<Kind>[],
  { width, space }: { width: number; space: number },
): Word<Kind>[][] {
  const lines: Word<Kind>[][] = []
  let left = -1
  for (const word of words) {
    if (word.width + space > left) {
      lines.push([])
      left = width + space
    }
    lines.at(-1)!.push(word)
    left -= word.width + space
  }
  return lines
}

/**
 * Words as they stand from the right edge to the left: those that run from left to right keep their order
 * among themselves, so the last of some comes first. What is neither, as a number, goes with them.
 */
export function fromTheRight<Kind>(line: readonly Word<Kind>[]): Word<Kind>[] {
  const placed: Word<Kind>[] = []
  let others: Word<Kind>[] = []
  for (const word of line) {
    if (!word.isRightToLeft) {
      others.unshift(word)
      continue
    }
    placed.push(...others, word)
    others = []
  }
  return [...placed, ...others]
}
