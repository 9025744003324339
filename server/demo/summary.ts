import type { Category } from './categories.ts'
import type { Random } from './random.ts'

const streets = [
  ['Lamp Street', '灯街'],
  ['Chandlers’ Wharf', '船具码头'],
  ['Salt Lane', '盐巷'],
  ['Signal Road', '信号路'],
  ['Orchard Rise', '果园坡'],
  ['Bell Court', '钟院'],
  ['Ropemakers’ Steps', '绳匠阶'],
  ['Harbour Road', '港湾路'],
] as const

const remarks = [
  ['', '。'],
  ['It has been like this for three days.', '，已持续三天。'],
  ['Somebody should have a look at it.', '，请派人查看。'],
  ['It was told before.', '，此前已反映过。'],
  ['Please call back.', '，请回电告知处理结果。'],
] as const

/** What a citizen might have said, in one of the two languages the city works in. */
export function summaryOf(random: Random, { names }: Category, language: string): string {
  const [en, zh] = pick(random, streets)
  const [remark, zhRemark] = pick(random, remarks)
  const number = 1 + Math.floor(random() * 120)
  if (language === 'zh') return `市民反映${zh}${number}号附近${names.zh}问题${zhRemark}`
  return `${names.en} near ${number} ${en}. ${remark}`.trimEnd()
}

const pick = <T>(random: Random, items: readonly T[]): T =>
  items[Math.floor(random() * items.length)]!
