import { type Key, t } from '../i18n/t.ts'

const words: Readonly<Record<string, Key>> = {
  'flag.opened': 'flags.act.opened',
  'flag.acknowledged': 'flags.act.acknowledged',
  'flag.answered': 'flags.act.answered',
  'flag.accepted': 'flags.act.accepted',
  'flag.disputed': 'flags.act.disputed',
  'flag.settled': 'flags.act.settled',
  'flag.withdrawn': 'flags.act.withdrawn',
  'flag.transferred': 'flags.act.transferred',
  'flag.joined': 'flags.act.joined',
  'flag.noted': 'flags.act.noted',
  'flag.corrected': 'flags.act.corrected',
}

/** What was done; a newer server may know more acts than this page. */
export const actWord = (kind: string): string => {
  const key = words[kind]
  return key ? t(key) : kind
}
