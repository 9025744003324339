import type { Logger } from 'pino'
import { frameOf } from '../live/frame.ts'
import type { Reader } from '../live/reader.ts'
import type { KeptUnread, KnownUnread } from './queries.ts'

/** Milliseconds from one question to the next. */
const ASK_EVERY = 2000

interface Options {
  /** Of whom there is more than was told. */
  after: (known: readonly KnownUnread[]) => Promise<readonly KeptUnread[]>
  log: Logger
}

/** Tells every device of a person what was read on another, by whichever process it was kept. */
export function tellDevices({ after, log }: Options) {
  const devices = new Map<Reader, KnownUnread>()

  async function look(): Promise<void> {
    const asked = new Map<string, KnownUnread>()
    for (const known of devices.values()) {
      const least = asked.get(known.personId)
      if (!least || known.version < least.version) asked.set(known.personId, known)
    }
    if (asked.size === 0) return
    const kept = await after([...asked.values()])
    const byPerson = new Map(kept.map((one) => [one.personId, one]))
    for (const [reader, known] of devices) {
      const newer = byPerson.get(known.personId)
      if (!newer || newer.version <= known.version || reader.isFull()) continue
      reader.send(frameOf('unread', newer.state))
      devices.set(reader, { ...known, version: newer.version })
    }
  }

  let isLooking = false
  const timer = setInterval(() => {
    if (isLooking) return
    isLooking = true
    look()
      .catch((error: unknown) => log.warn({ err: error }, 'cannot ask what was read elsewhere'))
      .finally(() => (isLooking = false))
  }, ASK_EVERY)

  return {
    attend(reader: Reader, personId: string): void {
      devices.set(reader, { personId, version: 0 })
      reader.onGone(() => devices.delete(reader))
    },
    close: () => clearInterval(timer),
  }
}
