import type { DurableRecord, RecordPoint } from '#shared/records.ts'
import { restWhenHidden } from '../live/rest-when-hidden.ts'
import { wakeWithPage } from '../live/wake-with-page.ts'
import { RecordFollower } from './follower.ts'

interface Hearing {
  /** What was asked for before this may have missed something. */
  onStart: () => void
  /** In order, each once, also what came while nobody listened. */
  onRecord: (record: DurableRecord) => void
}

/** Tells a page of what it shows, signed in or not; answers how to stop. */
export function followRecords({ onStart, onRecord }: Hearing): () => void {
  let at: RecordPoint | null = null
  const follower = new RecordFollower({
    at: () => at,
    onStart: (start) => {
      at = start
      onStart()
    },
    onRecord: ({ seq, mark, ...rest }) => {
      at = { seq, mark }
      onRecord({ seq, mark, ...rest })
    },
    // As the public it is followed all the same.
    onOut: () => follower.wake(),
  })
  const stops = [wakeWithPage(follower), restWhenHidden(follower)]
  follower.wake()
  return () => {
    for (const stop of stops) stop()
    follower.rest()
  }
}
