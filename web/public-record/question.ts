const nouns = ['flag', 'suggestion'] as const

/** What a link to the public record says; empty is all of it. */
export interface Question {
  noun: (typeof nouns)[number] | ''
  agency: string
  area: string
  category: string
  observer: string
  q: string
}

const names = ['noun', 'agency', 'area', 'category', 'observer', 'q'] as const

export function parseQuestion(query: string): Question {
  const params = new URLSearchParams(query)
  const told = (name: string) => params.get(name)?.trim().slice(0, 200) ?? ''
  return {
    noun: nouns.find((one) => one === told('noun')) ?? '',
    agency: told('agency'),
    area: told('area'),
    category: told('category'),
    observer: /^\d{1,15}$/.test(told('observer')) ? told('observer') : '',
    q: told('q'),
  }
}

/** The query string, for the page, its API and its feed: empty for all of it. */
export function formatQuestion(question: Question): string {
  const params = new URLSearchParams(
    names.flatMap((name) => (question[name] === '' ? [] : [[name, question[name]]])),
  )
  const text = params.toString()
  return text === '' ? '' : `?${text}`
}
