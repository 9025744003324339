import { localTime } from './local-time.ts'
import { readFormat } from './time-format.ts'

export interface TimeRules {
  timeZone: string
  /** Tried in order. */
  timeFormats: readonly string[]
  /** `ignore`: an offset in the file lies, and its times are local. */
  offsets: 'trust' | 'ignore'
}

/** The instant a text says, or undefined when it says none in any of the formats. */
export type ReadTime = (text: string) => number | undefined

export function readTime({ timeZone, timeFormats, offsets }: TimeRules): ReadTime {
  const formats = timeFormats.map(readFormat)
  const toInstant = localTime(timeZone)
  return (text) => {
    for (const read of formats) {
      const said = read(text)
      if (!said) continue
      const { wall, offset } = said
      return offset === null || offsets === 'ignore' ? toInstant(wall) : wall - offset
    }
    return undefined
  }
}
