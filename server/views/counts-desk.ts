import type { ViewSpec, ViewState } from '#shared/view.ts'
import { type Answer, answerView, type Views } from './answer.ts'
import { askingForMany, PATIENCE } from './asking.ts'

/** What was counted from the facts is told again for so many times longer than counting took. */
const REST = 20

export interface CountsDesk {
  /** As of the last tick; of days that the cube holds no more as of a while ago. A 503 as of any long range. */
  count(spec: ViewSpec): Promise<Pick<ViewState, 'columns' | 'rows' | 'totals'>>
}

/** Counts for what the server tells in words of its own, however long ago: many who ask are answered by one reading. */
export function openCountsDesk(views: Views): CountsDesk {
  const kept = new Map<string, Promise<Answer>>()

  function countFromFacts(key: string, spec: ViewSpec): Promise<Answer> {
    const startedAt = performance.now()
    const told = answerView(views, { spec, at: undefined }, askingForMany(PATIENCE))
    const forget = () => void kept.delete(key)
    kept.set(key, told)
    told.then(() => {
      setTimeout(forget, REST * (performance.now() - startedAt)).unref()
    }, forget)
    return told
  }

  return {
    async count(spec) {
      const question = views.engine.understand(spec)
      if (views.engine.holds(question)) return views.engine.answer(question).state('')
      const key = `${views.engine.edition} ${question.key}`
      return kept.get(key) ?? countFromFacts(key, spec)
    },
  }
}
