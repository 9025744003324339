import { expect, test } from 'vitest'
import { readMapping } from '../../../server/import/find-mapping.ts'
import { eventAt } from '../../../server/replay/life.ts'
import { planAsItWas, planUpToNow, readSpan } from '../../../server/replay/plan.ts'
import { mappingJson } from '../import/mapping-json.ts'
import { ticketJson } from './ticket-json.ts'

const closed = (id: string, receivedAt: string, closedAt: string) =>
  ticketJson({
    id,
    status: 'closed',
    receivedAt: `${receivedAt}T00:00:00.000Z`,
    closedAt: `${closedAt}T00:00:00.000Z`,
  })

const tickets = [
  closed('a', '2020-07-01', '2020-07-05'),
  closed('b', '2020-07-02', '2020-07-03'),
  closed('c', '2020-07-04', '2020-07-09'),
]
const whole = { from: undefined, until: undefined }
const day = (text: string) => Date.parse(text)

const told = (plan: ReturnType<typeof planAsItWas>) =>
  plan.steps.map(
    (step) => `${step.ticket.id} ${eventAt(step).status} ${new Date(step.at).getUTCDate()}`,
  )

test('a history is told in order of time', () => {
  const plan = planAsItWas(tickets, { from: undefined, until: day('2021-01-01') })

  expect(plan).toMatchObject({ startAt: day('2020-07-01'), leftOut: 0 })
  expect(told(plan)).toEqual([
    'a open 1',
    'b open 2',
    'b closed 3',
    'c open 4',
    'a closed 5',
    'c closed 9',
  ])
})

test('a history without an end ends with the last receipt, and tells what comes after', () => {
  const plan = planAsItWas(tickets, whole)

  expect(told(plan)).toEqual(['a open 1', 'b open 2', 'b closed 3', 'c open 4'])
  expect(plan.leftOut).toBe(2)
})

test('what came before `from` is told once, in its last state; what comes after `until` is left out', () => {
  const plan = planAsItWas(tickets, { from: day('2020-07-04'), until: day('2020-07-09') })

  expect(plan.startAt).toBe(day('2020-07-04'))
  expect(told(plan)).toEqual(['a open 1', 'b closed 3', 'c open 4', 'a closed 5'])
})

test('moved to now, the last ticket has just come in and the rest is still to happen', () => {
  const now = day('2026-11-20')

  const plan = planUpToNow(tickets, whole, now)

  expect(plan.startAt).toBe(now)
  expect(told(plan)).toEqual([
    'a open 17',
    'b closed 19',
    'c open 20',
    'a closed 21',
    'c closed 25',
  ])
})

test('moved to now, `from` is the moment that is now', () => {
  const plan = planUpToNow(tickets, { ...whole, from: day('2020-07-02') }, day('2026-11-20'))

  expect(told(plan)[1]).toBe('b open 20')
})

test('a history of nothing is refused', () => {
  expect(() => planAsItWas([], whole)).toThrow('There is nothing to play.')
})

test('times are typed in the time of the city', () => {
  const mapping = readMapping(JSON.stringify(mappingJson()), 'town.json')

  expect(readSpan({ from: '2020-07-01', until: '2020-07-01T00:00Z' }, mapping)).toEqual({
    from: day('2020-07-01T04:00:00Z'),
    until: day('2020-07-01T00:00:00Z'),
  })
  expect(() => readSpan({ from: 'noon', until: undefined }, mapping)).toThrow(/noon is not a time/)
})
