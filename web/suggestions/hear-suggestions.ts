import { calmly } from '../live/calmly.ts'
import { followRecords } from '../records/follow-records.ts'

/** Milliseconds: a rush of acts is one question to the server. */
const PAUSE = 2000

/** Tells that something was done to some suggestion; answers how to stop. */
export function hearSuggestions(onChange: () => void): () => void {
  const { stir, stop } = calmly(onChange, PAUSE)
  const unfollow = followRecords({
    onStart: stir,
    onRecord: ({ body }) => body.subject.startsWith('suggestion:') && stir(),
  })
  return () => {
    unfollow()
    stop()
  }
}
