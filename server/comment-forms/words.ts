import type { Stance, WithholdReason } from '#shared/consultations/comment.ts'
import { inFirst } from '../forms/text-in.ts'

/** All that the form says besides what the consultation asks. */
export interface CommentWords {
  language: string
  /** Between two sentences. */
  gap: string
  /** Of the link to the same form. */
  name: string
  say: string
  until: (moment: string) => string
  about: string
  whole: string
  preamble: string
  stance: string
  stances: Record<Stance, string>
  unsaid: string
  text: string
  textSay: (most: string) => string
  proposal: string
  proposalSay: string
  languageOf: string
  otherLanguage: string
  organisation: string
  organisationSay: string
  send: string
  /** A field that no person sees. */
  trap: string
  reasons: string
  reasonsSay: string
  reason: Record<WithholdReason, string>
  wrong: string
  missing: string
  long: (most: string) => string
  unreadable: string
  noProvision: string
  noLanguage: string
  tooOften: (minutes: number) => string
  notTaken: string
  wrote: string
  thanks: string
  receipt: (number: string) => string
  findSay: string
  find: string
  again: string
  page: string
  closed: string
  notYet: (moment: string) => string
  switchedOff: string
  comment: (receipt: string) => string
  received: (moment: string) => string
  proposed: string
  withheldOn: (day: string, reason: string) => string
  withheldBySource: (reason: string) => string
  nothingHere: string
  nothingHereSay: string
}

const en: CommentWords = {
  language: 'en',
  gap: ' ',
  name: 'English',
  say: 'No account is needed, and no name. What you write is published with the draft, as you write it: leave out what tells who you are or anybody else is.',
  until: (moment) => `Open until ${moment}.`,
  about: 'What it is about',
  whole: 'The whole draft',
  preamble: 'Preamble',
  stance: 'What you want of it',
  stances: { support: 'Keep it: I support it', oppose: 'Drop it: I oppose it', amend: 'Amend it' },
  unsaid: 'I do not say',
  text: 'Your comment',
  textSay: (most) => `In any language, up to ${most} characters.`,
  proposal: 'Wording that you propose',
  proposalSay: 'If you want it amended: how it should read. You may leave this out.',
  languageOf: 'Language of the comment',
  otherLanguage: 'another language',
  organisation: 'Organisation',
  organisationSay:
    'Only if you write for one: its name is published, and it is counted as an organisation.',
  send: 'Send the comment',
  trap: 'Leave this empty',
  reasons: 'What is not published',
  reasonsSay:
    'Every comment is counted and none is deleted. The secretariat withholds the text of one only for a reason of this list; the day and the reason stand in its place, and the decision is in the public record.',
  reason: {
    abuse: 'abuse: it insults or threatens',
    'personal-data': 'personal data: it tells who a private person is, or about them',
    unlawful: 'unlawful: the law forbids publishing it',
    advertising: 'advertising: it sells something',
    'off-topic': 'off topic: it is about something else than the draft',
    unreadable: 'unreadable: no language can be made out',
  },
  wrong:
    'The comment was not taken yet. See what is said beside the fields; all that you wrote is kept.',
  missing: 'Write your comment here.',
  long: (most) => `This is longer than ${most} characters.`,
  unreadable: 'This holds characters that cannot be stored.',
  noProvision: 'The draft has no such provision: choose one.',
  noLanguage: 'Choose a language of the list.',
  tooOften: (minutes) =>
    `Many comments came from your network just now. All that you wrote is kept: send it again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
  notTaken: 'The comment cannot be taken as it is. All that you wrote is kept.',
  wrote: 'What you wrote',
  thanks: 'Your comment was taken. It counts from now on.',
  receipt: (number) => `Receipt ${number}`,
  findSay:
    'Keep the number: under this address the comment is found, and nobody is told whose it is.',
  find: 'See your comment',
  again: 'Write another comment',
  page: 'The draft, and what is said about it',
  closed: 'This consultation has closed. No comment is taken any more.',
  notYet: (moment) => `This consultation is not open yet. It opens on ${moment}.`,
  switchedOff: 'This consultation takes no comments here. The form is switched off.',
  comment: (receipt) => `Comment ${receipt}`,
  received: (moment) => `Received on ${moment}`,
  proposed: 'Proposed wording',
  withheldOn: (day, reason) => `Withheld on ${day}: ${reason}`,
  withheldBySource: (reason) => `Withheld: ${reason}`,
  nothingHere: 'There is no such comment',
  nothingHereSay: 'Look at the number again. A comment is found here as soon as it was taken.',
}

const zh: CommentWords = {
  language: 'zh',
  gap: '',
  name: '中文',
  say: '无需账号，也不必署名。您写的内容将原样随草案公布，请勿写入能认出您本人或他人的信息。',
  until: (moment) => `开放至${moment}。`,
  about: '针对哪一部分',
  whole: '整部草案',
  preamble: '序言',
  stance: '您的态度',
  stances: { support: '支持，予以保留', oppose: '反对，应予删去', amend: '应予修改' },
  unsaid: '不表态',
  text: '您的意见',
  textSay: (most) => `可用任何语言，不超过${most}个字符。`,
  proposal: '建议的条文',
  proposalSay: '如主张修改，请写明应如何表述；可以不填。',
  languageOf: '意见所用语言',
  otherLanguage: '其他语言',
  organisation: '单位名称',
  organisationSay: '仅在代表单位提出意见时填写：名称将予公布，并按单位计数。',
  send: '提交意见',
  trap: '请勿填写',
  reasons: '哪些内容不予公布',
  reasonsSay:
    '每条意见都计数，一条也不删除。秘书处只能依据下列事由不公布某条意见的文字；原处注明日期和事由，该决定载入公开记录。',
  reason: {
    abuse: '辱骂：侮辱或者威胁他人',
    'personal-data': '个人信息：能认出某位个人，或涉及其私事',
    unlawful: '违法：法律禁止公布',
    advertising: '广告：推销商品或者服务',
    'off-topic': '无关：与草案无关',
    unreadable: '无法辨读：看不出是何种语言',
  },
  wrong: '意见尚未收下。请看各栏旁的说明；您写的内容都已保留。',
  missing: '请在此写下您的意见。',
  long: (most) => `超过了${most}个字符。`,
  unreadable: '含有无法保存的字符。',
  noProvision: '草案没有这一条，请另选。',
  noLanguage: '请选择列表中的语言。',
  tooOften: (minutes) =>
    `刚才从您所在网络提交的意见较多。您写的内容都已保留，请在${minutes}分钟后再提交。`,
  notTaken: '意见不能照此收下。您写的内容都已保留。',
  wrote: '您写的内容',
  thanks: '已收到您的意见，即刻计入。',
  receipt: (number) => `回执编号：${number}`,
  findSay: '请留存编号：凭此地址可找到这条意见，且不会透露是谁写的。',
  find: '查看您的意见',
  again: '再写一条意见',
  page: '查看草案及各方意见',
  closed: '本次征求意见已经结束，不再收取意见。',
  notYet: (moment) => `本次征求意见尚未开始，将于${moment}开始。`,
  switchedOff: '本次征求意见不在此收取意见，表单已关闭。',
  comment: (receipt) => `意见 ${receipt}`,
  received: (moment) => `收到时间：${moment}`,
  proposed: '建议的条文',
  withheldOn: (day, reason) => `${day}起不予公布：${reason}`,
  withheldBySource: (reason) => `未予公布：${reason}`,
  nothingHere: '没有这条意见',
  nothingHereSay: '请再核对编号。意见一经收下，即可在此找到。',
}

/** By their language. */
export const allWords: Readonly<Record<string, CommentWords>> = { en, zh }

/** The first of the languages that there are words in; English otherwise. */
export const wordsIn = (languages: readonly string[]): CommentWords =>
  inFirst(allWords, languages) ?? en
