import { afterEach, expect, test } from 'vitest'
import { onTimeRate } from '#shared/measures/on-time-rate.ts'
import { language, speak } from '../../../web/i18n/language.svelte.ts'
import en from '../../../web/i18n/en.json' with { type: 'json' }
import { languageFor } from '../../../web/i18n/languages.ts'
import { textOf } from '../../../web/i18n/measure-text.ts'
import { createMessages } from '../../../web/i18n/messages.ts'
import { nameIn } from '../../../web/i18n/name-in.ts'
import { t } from '../../../web/i18n/t.ts'

afterEach(() => speak('en'))

test.each([
  [['zh-CN', 'en'], 'zh'],
  [['zh-Hant-HK'], 'zh'],
  [['fr-FR', 'en-US', 'zh'], 'en'],
  [[null, undefined, 'ZH'], 'zh'],
  [['toString', 'fr', ''], 'en'],
  [[], 'en'],
] as const)('who wants %j gets %s', (wanted, code) => {
  expect(languageFor(wanted)).toBe(code)
})

test('a change of language changes what is said, and back', async () => {
  const said = () => t('tile.overdue', { n: 1342 })

  expect(said()).toBe('1,342 overdue')
  await speak('zh')
  expect(said()).toBe('1,342 件超期未结')
  await speak('en')
  expect(said()).toBe('1,342 overdue')
})

test.each([
  ['rtl', '\u2068+5.9\u2069 to \u2068+62.3\u2069 (95%)'],
  ['ltr', '+5.9 to +62.3 (95%)'],
] as const)('read %s, a sentence keeps its values whole: %j', (direction, sentence) => {
  const say = createMessages(en, { locale: 'ar', direction })
  const parts = say('compare.interval', { low: '+5.9', high: '+62.3' })

  expect(parts.map(({ text }) => text).join('')).toBe(sentence)
})

test('of two languages chosen at once, the last is spoken', async () => {
  await Promise.all([speak('zh'), speak('en')])

  expect(language().code).toBe('en')
})

test('names and measures follow the language, and fall back where they do not know it', async () => {
  await speak('zh')

  expect(nameIn({ en: 'Port Halcyon', zh: '海晏港' }, 'x')).toBe('海晏港')
  expect(nameIn({ en: 'Port Halcyon', 'zh-Hans': '海晏港' }, 'x')).toBe('海晏港')
  expect(nameIn({ en: 'Port Halcyon' }, 'x')).toBe('Port Halcyon')
  expect(nameIn({ pt: 'Porto' }, 'x')).toBe('Porto')
  expect(nameIn({}, 'x')).toBe('x')
  expect(textOf(onTimeRate).name).toBe('按时办结率')
})
