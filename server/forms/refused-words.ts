/** What a person is told whose form cannot be read, or is not looked at now. */
export interface RefusedWords {
  language: string
  title: string
  tooLarge: string
  tooOften: (minutes: number) => string
  elsewhere: string
  incomplete: string
  nowhere: string
  wrote: string
}

const en: RefusedWords = {
  language: 'en',
  title: 'This was not taken',
  tooLarge:
    'It is longer than can be read. Nothing of it was stored: shorten it, and send it again.',
  tooOften: (minutes) =>
    `Many requests came from your network just now. Come again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
  elsewhere: 'It came from a page of another site. Open the form here, and write it there.',
  incomplete: 'A part of the form was missing. Open the form again, and send it from there.',
  nowhere: 'There is nothing under this address. It may be mistyped.',
  wrote: 'What you wrote: nothing of it was stored. Copy it, if you want to keep it.',
}

const zh: RefusedWords = {
  language: 'zh',
  title: '未能接收',
  tooLarge: '内容过长，无法读取，一点也没有保存。请缩短后重新提交。',
  tooOften: (minutes) => `您所在的网络刚才请求过多，请在 ${minutes} 分钟后再来。`,
  elsewhere: '内容来自其他网站的页面。请在本站打开表单填写。',
  incomplete: '表单缺少一部分。请重新打开表单再提交。',
  nowhere: '此地址没有内容，可能输入有误。',
  wrote: '您写的内容没有保存。如需保留，请自行复制。',
}

export const refusedWords: Readonly<Record<string, RefusedWords>> = { en, zh }
