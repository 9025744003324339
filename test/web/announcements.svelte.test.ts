import { expect, test } from 'vitest'
import { Announcements } from '../../web/board/announcements.svelte.ts'
import { tellList } from '../../web/tickets/tell-list.ts'

const question = {}
const heard = (received: number, open = 3) => ({ question, numbers: { received, open } })
const words = (changed: string[]) => changed.join()

test('tells what changed at most every thirty seconds, and nothing of the first numbers', () => {
  const told = new Announcements()
  told.hear(heard(1), 0, words)
  told.hear(heard(2), 29_999, words)
  expect(told.text).toBe('')

  told.hear(heard(3), 30_000, words)
  expect(told.text).toBe('received')
  told.hear(heard(4, 5), 59_999, words)
  expect(told.text).toBe('received')
  told.hear(heard(4, 5), 60_000, words)
  expect(told.text).toBe('received,open')
})

test('tells nothing when nothing changed, and then at once what does', () => {
  const told = new Announcements()
  told.hear(heard(1), 0, words)
  told.hear(heard(1), 90_000, words)
  expect(told.text).toBe('')
  told.hear(heard(2), 90_001, words)
  expect(told.text).toBe('received')
})

test('numbers of another question have not changed', () => {
  const told = new Announcements()
  told.hear(heard(1), 0, words)
  told.hear({ question: {}, numbers: { received: 9, open: 9 } }, 90_000, words)
  expect(told.text).toBe('')
})

test('what is urgent is told at once, and again when it is the same', () => {
  const told = new Announcements()
  told.say('lost')
  expect(told.text).toBe('lost')
  told.say('lost')
  expect(told.text.trim()).toBe('lost')
  expect(told.text).not.toBe('lost')
})

test('a list tells its length at once, and what comes to it at most every thirty seconds', () => {
  const told = new Announcements()
  const tell = tellList(told)
  const list = (total: number, count = 0) => ({
    query: 'area=Old',
    total,
    waiting: { count, isMore: false },
  })
  tell(list(5000), 0)
  expect(told.text).toBe('5,000 tickets')
  tell(list(5001, 1), 1_000)
  tell(list(5003, 3), 29_999)
  expect(told.text).toBe('5,000 tickets')

  tell(list(5003, 3), 30_000)
  expect(told.text).toBe('5,003 tickets, 3 new ones wait above')
  tell({ ...list(12), query: 'area=New' }, 30_001)
  expect(told.text).toBe('12 tickets')
  tell({ ...list(12, 1000), query: 'area=New', waiting: { count: 1000, isMore: true } }, 60_001)
  expect(told.text).toBe('12 tickets, more than 1,000 new ones wait above')
})
