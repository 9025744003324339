import { expect, test } from 'vitest'
import type { DurableRecord } from '#shared/records.ts'
import { digestLetter } from '../../../server/work/digest-letter.ts'
import { en, zh } from '../../../server/work/digest-words.ts'

/** What is taken down is told of what it was of. */
const nounOf = (kind: string) => (kind.endsWith('.withheld') ? 'flag' : kind.split('.')[0])

const happened = (kind: string, subject = `${nounOf(kind)}:12`): DurableRecord => ({
  ...{ seq: 1, mark: '', after: 0, kind },
  body: {
    ...{ subject, version: 1, at: 0, by: null, openedBy: null },
    ...{ agency: null, area: null, category: null },
  },
})

const site = 'https://clerestory.example'
const kinds = Object.keys(en.step)
const letter = (language: string | null, records: DurableRecord[], rest: object = {}) =>
  digestLetter({ name: '孟若水', language, records, site, ...rest })

/** Without addresses, marks of HTML and the name of the product. */
const saidIn = (text: string) =>
  text
    .replace(/https:[^\s"<]+/g, '')
    .replace(/<[^>]+>/g, '')
    .replaceAll('Clerestory', '')

test('a letter in Chinese holds no word of another language, whatever it tells', () => {
  const records = [...kinds, 'flag.unheard-of'].map((kind) => happened(kind))
  for (const rest of [{}, { site: undefined }]) {
    const { subject, text, html } = letter('zh', records, rest)
    expect([subject, text, html].map(saidIn).join()).not.toMatch(/[a-z]/i)
  }
})

test('every act that is told has words in every language', () => {
  expect(Object.keys(zh.step)).toEqual(kinds)
  for (const kind of kinds) {
    const lines = [letter('en', [happened(kind)]), letter('zh-TW', [happened(kind)])]
    for (const { text } of lines) expect(text).not.toContain(kind)
    expect(lines[0]!.text).toContain(`: ${en.step[kind as keyof typeof en.step]}\n`)
    expect(lines[1]!.text).toContain(`：${zh.step[kind as keyof typeof zh.step]}\n`)
  }
})

test('plain text and HTML tell the same, each subject where it can be read', () => {
  const { text, html } = letter(null, [
    happened('flag.answered'),
    happened('suggestion.partly', 'suggestion:3'),
    happened('appointment.renewed', 'appointment:4'),
  ])
  expect(text).toContain('- Flag 12: answered\n- Suggestion 3: partly adopted\n- Your appointment')
  expect(html).toContain(`<li><a href="${site}/flags/12">Flag 12</a>: answered</li>`)
  expect(html).toContain(`<li><a href="${site}/suggestions/3">Suggestion 3</a>: partly adopted`)
  expect(html).toContain(`<li><a href="${site}/work">Your appointment</a>: renewed</li>`)
})

test('what somebody is called cannot become HTML, and what is more is counted', () => {
  const many = Array.from({ length: 53 }, (_, n) => happened('flag.answered', `flag:${n}`))
  const { subject, html } = letter('en', many, { name: '<img src=x onerror="x">&' })
  expect(subject).toBe('Clerestory: 53 messages for you')
  expect(html).toContain('&lt;img src=x onerror=&quot;x&quot;&gt;&amp;,')
  expect(html).not.toContain('<img')
  expect(html).toContain('<li>and 3 more</li>')
  expect(html.match(/<li>/g)).toHaveLength(51)
})
