import type { CodeTable } from './mapping.ts'

/** The code for what a cell says; '' when it has none. */
export type Translate = (text: string) => string

/** Capitals and spaces at the ends do not matter: files spell one thing in several ways. */
export function codeTable({ codes, patterns, unknown }: CodeTable): Translate {
  const exact = new Map(Object.entries(codes).map(([text, code]) => [fold(text), code ?? '']))
  const rules = patterns.map(([regex, code]) => [new RegExp(regex, 'i'), code ?? ''] as const)
  return (text) => {
    const code = exact.get(fold(text)) ?? rules.find(([regex]) => regex.test(text))?.[1]
    return code ?? (unknown === 'keep' ? text : '')
  }
}

const fold = (text: string) => text.trim().toLowerCase()
