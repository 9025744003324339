import { number } from '../i18n/format.ts'
import { textOf } from '../i18n/measure-text.ts'
import { t } from '../i18n/t.ts'
import { wholeDaysText } from '../i18n/whole-days.ts'
import type { CardBoard } from './card-board.ts'
import { fieldReader, intervalOf, workedText } from './card-content.ts'
import { type About, definitionOf } from './defined.ts'
import { totalOf } from './read-view.ts'
import { startText } from './span.ts'

/** Views that begin where what they count was opened, whatever window is chosen. */
const ofTerms: ReadonlySet<string> = new Set(['consultations', 'answers'])

type Board = Pick<
  CardBoard,
  'answeredWindow' | 'flowOf' | 'minute' | 'published' | 'spec' | 'times' | 'view'
>
type Fact = readonly [term: string, said: string]

/** What a reader of a number may ask of it, in the order of asking. */
export function factsOf(board: Board, about: About): Fact[] {
  const definition = definitionOf(about.measure)
  const { counted } = textOf(definition)
  return [
    [t('card.window'), windowText(board, about)],
    [t('card.counted'), t(`card.clock.${definition.clock}`, { counted })],
    [t('card.judged'), t(`card.judge.${definition.judge}`)],
    [t('card.leftOut'), leftOut(board, about)],
    ...certainty(board, about),
    ...before(board, about),
  ]
}

function windowText(board: Board, { view }: About): string {
  const { newest } = board.published
  if (ofTerms.has(view)) return t('card.term')
  if (view !== 'published') {
    const { period } = board.spec(view) ?? {}
    const start = startText(board, { flow: board.flowOf?.(view), period })
    if (period) return t('card.from', { window: t(`before.${board.answeredWindow}`), start })
    return t('card.since', { window: t(`window.${board.answeredWindow}`), start })
  }
  if (!newest) return t('published.none')
  const said = t('published.window', {
    days: wholeDaysText(newest.days),
    at: board.times.moment(newest.publishedAt),
  })
  return `${said}; ${t('published.rounded')}`
}

/** The number of exclusions is known of all that is shown, not of a row. */
function leftOut(board: Board, { measure, view }: About): string {
  const said = textOf(definitionOf(measure)).leftOut
  const n = totalOf(board.view('now'), 'excluded')
  if (view !== 'now' || measure === 'excluded' || n === null) return said
  return t('card.leftOutNow', { said, n: number(n) })
}

/** Only a share of something has an interval. */
function certainty(board: Board, about: About): Fact[] {
  const interval = intervalOf(fieldReader(board.view(about.view), about))
  return interval ? [[t('card.certainty'), t('card.interval', interval)]] : []
}

function before(board: Board, about: About): Fact[] {
  const definition = definitionOf(about.measure)
  const read = fieldReader(board.view('before'), about)
  if (about.view !== 'now' || definition.fields.every(({ name }) => read(name) === null)) return []
  const window = t(`before.${board.answeredWindow}`)
  return [[t('card.before'), workedText(definition, read) + t('mark.comma') + window]]
}
