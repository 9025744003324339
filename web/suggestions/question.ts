import { type Stage, stages, type Target, targets } from '#shared/oversight/suggestion.ts'

export const sorts = ['newest', 'endorsements', 'deadline'] as const

/** What a link to the suggestions says: everything that is shown follows from it. */
export interface Question {
  view: 'board' | 'list'
  agency: string
  area: string
  category: string
  /** These narrow the list alone. */
  state: Stage | ''
  target: Target | ''
  late: boolean
  q: string
  sort: (typeof sorts)[number]
}

const members = ['agency', 'area', 'category'] as const

/** What it does not know is left out; what narrows the list shows the list. */
export function parseQuestion(query: string): Question {
  const params = new URLSearchParams(query)
  const state = stages.find((one) => one === params.get('state')) ?? ''
  const target = targets.find((one) => one === params.get('target')) ?? ''
  const sort = sorts.find((one) => one === params.get('sort')) ?? 'newest'
  const late = params.get('late') === 'true'
  const q = (params.get('q') ?? '').trim().slice(0, 200)
  const isList = params.get('view') === 'list' || late || state + target + q !== ''
  const [agency = '', area = '', category = ''] = members.map((name) => params.get(name) ?? '')
  return { view: isList ? 'list' : 'board', agency, area, category, state, target, late, q, sort }
}

/** The query string of a question: empty for the whole board. */
export function formatQuestion(question: Question): string {
  const params = paramsOf(question)
  if (question.view === 'list') params.set('view', 'list')
  const text = params.toString()
  return text === '' ? '' : `?${text}`
}

/** As the API is asked. */
export function apiPath(question: Question): string {
  const text = paramsOf(question).toString()
  const path = question.view === 'board' ? '/suggestions/board' : '/suggestions'
  return text === '' ? path : `${path}?${text}`
}

function paramsOf({ view, state, target, late, q, sort, ...where }: Question): URLSearchParams {
  const params = new URLSearchParams()
  for (const name of members) if (where[name]) params.set(name, where[name])
  if (view === 'board') return params
  if (state) params.set('state', state)
  if (target) params.set('target', target)
  if (late) params.set('late', 'true')
  if (q) params.set('q', q)
  if (sort !== 'newest') params.set('sort', sort)
  return params
}
