import { named, type Named } from './named.ts'

/** A source tells the tickets of one channel. */
export interface DemoSource {
  name: string
  inChinese: string
  channel: Named
  /** Tickets, in percent. */
  weight: number
}

type Names = readonly [en: string, zh: string]

function source([name, inChinese]: Names, channel: Named, weight: number): DemoSource {
  return { name, inChinese, channel, weight }
}

export const sources: readonly DemoSource[] = [
  source(['Hotline 1810', '1810 热线'], named('phone', 'Phone', '电话'), 44),
  source(
    ['WeChat mini-program', '微信小程序'],
    named('wechat', 'WeChat mini-program', '微信小程序'),
    24,
  ),
  source(['Halcyon app', '海晏应用'], named('app', 'App', '手机应用'), 13),
  source(['Web forms', '网页表单'], named('web', 'Web form', '网页'), 12),
  source(['Service counters', '服务窗口'], named('counter', 'Counter', '窗口'), 5),
  source(
    ['Representatives’ office', '人大代表联络处'],
    named('representative', 'Elected representative', '人大代表转办'),
    2,
  ),
]

/** What comes to consultations, and no ticket. */
export const portal = { name: 'Consultation portal', kind: 'portal' }

/** How every source is called, by the name under which it tells. */
export const sourceNames = Object.fromEntries(
  [...sources, { ...portal, inChinese: '意见征集平台' }].map(({ name, inChinese }) => [
    name,
    { en: name, zh: inChinese },
  ]),
)

/** Sources of an earlier city, which tell nothing any more. */
export const formerSources: readonly string[] = ['Field crews']
