import { expect, test } from 'vitest'
import { Announcements } from '../../web/board/announcements.svelte.ts'

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
