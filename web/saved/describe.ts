import type { Dimension } from '#shared/ticket.ts'
import { presetWindows } from '#shared/view.ts'
import type { Choices } from '../board/selection.ts'
import { readSide } from '../compare/comparison.ts'
import { t } from '../i18n/t.ts'

export interface Describing {
  /** What the page of a path is called; undefined when there is none any more. */
  pageOf: (path: string) => string | undefined
  /** Which members a query may name. */
  choices: Choices
  nameOf: (dimension: Dimension, code: string) => string
}

/** What a saved place shows, in the words of the page: its page, its window, and what it is narrowed to. */
export function describeView(href: string, describing: Describing): string {
  const { pathname, searchParams } = new URL(href, 'http://site')
  const window = presetWindows.find((one) => one === searchParams.get('window'))
  const narrowed = describing.choices.opened.flatMap((dimension) =>
    searchParams.getAll(dimension).map((code) => describing.nameOf(dimension, code)),
  )
  const [a, b] = ['a', 'b'].map((side) => sideText(searchParams.get(side), describing))
  const parts = [
    describing.pageOf(pathname) ?? pathname,
    window && t(`window.${window}`),
    ...narrowed,
    a && b && t('comparison.heading', { a, b }),
    searchParams.has('at') ? t('saved.past') : undefined,
  ]
  return parts.filter((part) => part !== undefined).join(' · ')
}

function sideText(text: string | null, { choices, nameOf }: Describing): string | undefined {
  const side = readSide(text, choices)
  if (!side) return undefined
  const { filter, period } = side
  const name = filter ? nameOf(filter.dimension, filter.code) : t('comparison.city')
  return period ? t('saved.before', { name }) : name
}
