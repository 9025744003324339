import { wilson } from '#shared/measures/wilson.ts'
import type { ToldQuestion } from '#shared/polls/told.ts'
import { type Cell, splitKey, type ViewState } from '#shared/view.ts'
import { cellReader } from '../board/read-view.ts'

/** One choice of a question as it is shown. */
export interface ChoiceLine {
  key: string
  texts: Readonly<Record<string, string>>
  chosen: number
  /** Who answered the question. */
  n: number
  /** Of those who answered; null where nobody did. */
  share: number | null
  /** Where the share of all who might answer so lies, were these drawn from them: Wilson, 95 %. */
  interval: [low: number, high: number]
  /** The share on each day. */
  days: readonly Cell[]
}

/** The choices of a question in its order, with what is counted of each; `days` up to and with `today`. */
export function choiceLines(
  question: ToldQuestion,
  {
    view,
    days,
    today,
  }: { view: ViewState | undefined; days: ViewState | undefined; today: string },
): ChoiceLine[] {
  const byDay = sharesByDay(days, today)
  return question.choices.map(({ key, texts }) => {
    const row = view?.rows.find(([one]) => one === key)
    const cell = (name: string) => (view && row ? (cellReader(view)(row, name) ?? 0) : 0)
    const [chosen, n] = [cell('choice.chosen'), cell('choice.n')]
    return {
      ...{ key, texts, chosen, n, share: n > 0 ? chosen / n : null },
      interval: n > 0 ? wilson(chosen, n) : [0, 1],
      days: byDay.get(key) ?? [],
    }
  })
}

/** Days that lie ahead are no days without answers. */
function sharesByDay(days: ViewState | undefined, today: string): Map<string, Cell[]> {
  const shares = new Map<string, Cell[]>()
  if (!days) return shares
  const read = cellReader(days)
  for (const row of days.rows) {
    const [key, day] = splitKey(row[0] ?? '')
    if (day > today) continue
    const own = shares.get(key) ?? []
    own.push(read(row, 'choice'))
    shares.set(key, own)
  }
  return shares
}
