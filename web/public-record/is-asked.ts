import type { DurableRecord } from '#shared/records.ts'
import { parseQuestion } from './question.ts'

/** Whether an act is one of those that a path of the API asks for. What was written in it is not looked at. */
export function isAsked(path: string, { body }: DurableRecord): boolean {
  const { noun, agency, area, category, observer } = parseQuestion(path.split('?')[1] ?? '')
  const [about] = body.subject.split(':')
  const isOf = (wanted: string, told: string | number | null | undefined) =>
    wanted === '' || String(told) === wanted
  const isTold = noun === '' ? about === 'flag' || about === 'suggestion' : about === noun
  return (
    isTold &&
    isOf(agency, body.agency) &&
    isOf(area, body.area) &&
    isOf(category, body.category) &&
    isOf(observer, body.by?.appointment)
  )
}
