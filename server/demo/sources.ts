import { named, type Named } from './named.ts'

/** A source tells the tickets of one channel. */
export interface DemoSource {
  name: string
  channel: Named
  /** Tickets, in percent. */
  weight: number
}

function source(name: string, channel: Named, weight: number): DemoSource {
  return { name, channel, weight }
}

export const sources: readonly DemoSource[] = [
  source('Hotline 1810', named('phone', 'Phone', '电话'), 44),
  source('WeChat mini-program', named('wechat', 'WeChat mini-program', '微信小程序'), 24),
  source('Halcyon app', named('app', 'App', '手机应用'), 13),
  source('Web forms', named('web', 'Web form', '网页'), 12),
  source('Service counters', named('counter', 'Counter', '窗口'), 5),
  source(
    'Representatives’ office',
    named('representative', 'Elected representative', '人大代表转办'),
    2,
  ),
]

/** Sources of an earlier city, which tell nothing any more. */
export const formerSources: readonly string[] = ['Field crews']
