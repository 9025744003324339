import { flagKinds, flagStandings, severities } from '#shared/oversight/flag.ts'

/** What a link to the list says; each empty where nothing is asked. */
export interface FlagQuestion {
  state: string
  agency: string
  kind: string
  severity: string
  late: string
  q: string
  /** Of one number, ticket or list: then with where it lies. */
  on: string
  area: string
  category: string
}

const names = [
  'state',
  'agency',
  'kind',
  'severity',
  'late',
  'q',
  'on',
  'area',
  'category',
] as const

const known: Partial<Record<keyof FlagQuestion, readonly string[]>> = {
  state: flagStandings,
  kind: flagKinds,
  severity: severities,
  late: ['true', 'false'],
}

/** Reads a query string; what no server would understand is left out. */
export function parseQuestion(query: string): FlagQuestion {
  const params = new URLSearchParams(query)
  const told = names.map((name) => {
    const value = (params.get(name) ?? '').trim()
    const isKnown =
      known[name] === undefined || value.split(',').every((one) => known[name]!.includes(one))
    return [name, isKnown ? value : '']
  })
  return Object.fromEntries(told) as FlagQuestion
}

/** The same for equal questions; empty for all flags. */
export function formatQuestion(question: FlagQuestion): string {
  const params = new URLSearchParams(
    names.flatMap((name) => (question[name] === '' ? [] : [[name, question[name]]])),
  )
  const text = params.toString()
  return text === '' ? '' : `?${text}`
}
