import { expect, test } from 'vitest'
import { submitInOrder } from '../../../server/import/submit-in-order.ts'

const batch = (...ids: string[]) => ids.map((id) => ({ id }))

/** Batches land when the test says so; `log` tells when each started. */
function runway(most?: number) {
  const log: string[] = []
  const landings: (() => void)[] = []
  const submitter = submitInOrder<{ id: string }>((events) => {
    log.push(events.map(({ id }) => id).join())
    return new Promise((resolve) => void landings.push(resolve))
  }, most)
  return { log, landings, submitter }
}

test('a few batches are in the air at once, and no more', async () => {
  const { log, landings, submitter } = runway(2)

  await submitter.submit(batch('a'))
  await submitter.submit(batch('b'))
  const third = submitter.submit(batch('c'))
  await Promise.resolve()
  expect(log).toEqual(['a', 'b'])

  landings[1]!()
  await third
  expect(log).toEqual(['a', 'b', 'c'])
})

test('two batches with the same ticket are never in the air together', async () => {
  const { log, landings, submitter } = runway()

  await submitter.submit(batch('a', 'b'))
  await submitter.submit(batch('c'))
  const next = submitter.submit(batch('d', 'b'))
  landings[1]!()
  await Promise.resolve()
  expect(log).toEqual(['a,b', 'c'])

  landings[0]!()
  await next
  expect(log).toEqual(['a,b', 'c', 'd,b'])
})

test('a failure is told by the next submission, once the others have landed', async () => {
  let sent = 0
  const submitter = submitInOrder<{ id: string }>(async () => {
    if (++sent === 1) throw new Error('full')
  })

  await submitter.submit(batch('a'))
  await submitter.submit(batch('b')).catch(() => {})

  await expect(submitter.landed()).rejects.toThrow('full')
  await expect(submitter.submit(batch('c'))).rejects.toThrow('full')
})
