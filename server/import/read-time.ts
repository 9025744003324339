import { localTime } from './local-time.ts'
import { readFormat } from './time-format.ts'

export interface TimeRules {
  timeZone: string
  /** Tried in order. */
  timeFormats: readonly string[]
  /** `ignore`: an offset in the file lies, and its times are local. */
  offsets: 'trust' | 'ignore'
}

export interface ToldTime {
  at: number
  /** Not the first format read it. */
  otherFormat: boolean
  /** It states an offset, which lies. */
  offsetIgnored: boolean
}

/** The instant a text says, or undefined when it says none in any of the formats. */
export type ReadTime = (text: string) => ToldTime | undefined

export function readTime({ timeZone, timeFormats, offsets }: TimeRules): ReadTime {
  const formats = timeFormats.map(readFormat)
  const toInstant = localTime(timeZone)
  return (text) => {
    for (let i = 0; i < formats.length; i++) {
      const said = formats[i]!(text)
      if (!said) continue
      const { wall, offset } = said
      const isLocal = offset === null || offsets === 'ignore'
      const at = isLocal ? toInstant(wall) : wall - offset
      return { at, otherFormat: i > 0, offsetIgnored: isLocal && offset !== null }
    }
    return undefined
  }
}
