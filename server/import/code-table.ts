import type { CodeTable } from './mapping.ts'
import { remember } from './remember.ts'

/** The code for what a cell says; '' when it has none. */
export type Translate = (text: string) => string

/**
 * Capitals and spaces at the ends do not matter: files spell one thing in several ways. The code of a
 * pattern may take up what its groups matched, as $1.
 */
export function codeTable({ codes, patterns, unknown }: CodeTable): Translate {
  const exact = new Map(Object.entries(codes).map(([text, code]) => [fold(text), code ?? '']))
  const rules = patterns.map(([regex, code]) => [new RegExp(regex, 'i'), code ?? ''] as const)
  return remember((text) => {
    const code = exact.get(fold(text)) ?? byPattern(rules, text)
    return code ?? (unknown === 'keep' ? text : '')
  })
}

function byPattern(rules: (readonly [RegExp, string])[], text: string): string | undefined {
  for (const [regex, code] of rules) {
    const match = regex.exec(text)
    if (match) return match[0].replace(regex, code)
  }
  return undefined
}

const fold = (text: string) => text.trim().toLowerCase()
