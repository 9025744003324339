import { named, type Named } from './named.ts'

/** `weight`: tickets, in percent. The last ones are a few a day: small groups, as every city has them. */
export const languages: readonly (Named & { weight: number })[] = [
  { ...named('zh', 'Chinese', '中文'), weight: 62 },
  { ...named('en', 'English', '英语'), weight: 27 },
  { ...named('ja', 'Japanese', '日语'), weight: 4 },
  { ...named('ko', 'Korean', '韩语'), weight: 3 },
  { ...named('ru', 'Russian', '俄语'), weight: 1.6 },
  { ...named('fr', 'French', '法语'), weight: 1 },
  { ...named('es', 'Spanish', '西班牙语'), weight: 0.8 },
  { ...named('ar', 'Arabic', '阿拉伯语'), weight: 0.4 },
  { ...named('vi', 'Vietnamese', '越南语'), weight: 0.2 },
]
