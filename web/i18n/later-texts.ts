import type { Catalogue, Code } from './languages.ts'

type Part = Record<string, () => Promise<{ default: Partial<Catalogue> }>>

/**
 * What of each language is not in its catalogue, by the first word of its keys. Nothing, but in the built
 * page: `cut-catalogues.ts` writes this file anew there.
 */
export const laterTexts: Partial<Record<Code, Part>> = {}
