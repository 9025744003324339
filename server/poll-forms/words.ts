import { inFirst } from '../forms/text-in.ts'

/** All that the form says besides what the poll asks. */
export interface FormWords {
  language: string
  /** Between two sentences. */
  gap: string
  /** Under the title. */
  say: string
  until: (moment: string) => string
  /** Where fields hold what was answered before. */
  given: string
  one: string
  upTo: (n: number) => string
  agree: string
  disagree: string
  pass: string
  add: string
  addSay: string
  tooLong: (n: number) => string
  /** Of what was added. */
  waits: string
  /** So many wait that no more are taken. */
  full: string
  about: string
  aboutSay: string
  unsaid: string
  send: string
  /** A field that no person sees. */
  trap: string
  thanks: string
  receipt: (number: string) => string
  change: string
  again: string
  results: string
  closed: string
  notYet: string
  switchedOff: string
  nothing: string
}

const en: FormWords = {
  language: 'en',
  gap: ' ',
  say: 'No account is needed. One answer counts for each person: who answers again from this browser changes it, until the poll closes.',
  until: (moment) => `Open until ${moment}.`,
  given: 'What you answered before is filled in.',
  one: 'Choose one.',
  upTo: (n) => `Choose up to ${n}.`,
  agree: 'Agree',
  disagree: 'Disagree',
  pass: 'Pass',
  add: 'Add a statement of your own',
  addSay:
    'One thought, on which others can agree or not. It is shown once the secretariat has published it; what is withheld is counted with its reason.',
  tooLong: (n) => `A statement has up to ${n} characters.`,
  waits: 'Your statement waits for the secretariat.',
  full: 'So many statements wait already that no more are taken now. Your votes are kept below: send them without a statement.',
  about: 'About you',
  aboutSay:
    'You may leave this out. It is told only of ten people or more, when the poll has closed.',
  unsaid: 'not said',
  send: 'Send',
  trap: 'Leave this empty',
  thanks: 'Your answer was taken.',
  receipt: (number) => `Receipt ${number}`,
  change: 'You can change it here until the poll closes.',
  again: 'Change the answer',
  results: 'See the results',
  closed: 'This poll has closed.',
  notYet: 'This poll is not open yet.',
  switchedOff: 'This poll takes no answers here.',
  nothing: 'Nothing was chosen. Nothing is changed.',
}

const zh: FormWords = {
  language: 'zh',
  gap: '',
  say: '无需账号。每人以一份作答为准：在同一浏览器再次作答即修改原作答，截止前均可修改。',
  until: (moment) => `开放至${moment}。`,
  given: '您此前的作答已填入。',
  one: '选一项。',
  upTo: (n) => `至多选${n}项。`,
  agree: '赞同',
  disagree: '反对',
  pass: '略过',
  add: '添加您自己的陈述',
  addSay: '只写一个想法，供他人赞同或反对。经秘书处公布后显示；未予公布的，按事由计数。',
  tooLong: (n) => `一条陈述至多${n}个字符。`,
  waits: '您的陈述正待秘书处处理。',
  full: '待处理的陈述已经很多，暂不再接收。您的表态仍保留在下方：请清空陈述后再次提交。',
  about: '关于您',
  aboutSay: '可以不填。投票截止后，只公布十人及以上的情况。',
  unsaid: '不填',
  send: '提交',
  trap: '请勿填写',
  thanks: '已收到您的作答。',
  receipt: (number) => `回执编号：${number}`,
  change: '截止前可在此修改。',
  again: '修改作答',
  results: '查看结果',
  closed: '本次投票已截止。',
  notYet: '本次投票尚未开始。',
  switchedOff: '本次投票不在此收集作答。',
  nothing: '没有作出选择，未作任何更改。',
}

const all: Readonly<Record<string, FormWords>> = { en, zh }

/** The first of the languages that there are words in; English otherwise. */
export const wordsIn = (languages: readonly string[]): FormWords => inFirst(all, languages) ?? en
