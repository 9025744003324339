import type { Logger } from 'pino'
import type { Out } from '#shared/records.ts'
import { frameOf } from '../live/frame.ts'
import type { Companion, Reader } from '../live/reader.ts'
import { sinceOf } from './since.ts'
import type { HearEnded, Sessions, SignedIn } from './sessions.ts'

/** From one question which sessions last to the next, in milliseconds: with its answer less than 5 s. */
const ASK_EVERY = 3000

export interface SignedInSockets extends Companion {
  close(): void
}

interface Options {
  sessions: Sessions
  hearEnded: HearEnded
  /** Called with each who follows records and is signed in. */
  attend?: (reader: Reader, personId: string) => void
  log: Logger
}

/** The second half of I9: who is signed in no longer, or appointed no longer, loses every socket within 5 s. */
export function watchSignedIn({ sessions, hearEnded, attend, log }: Options): SignedInSockets {
  const known = new Map<Reader, SignedIn>()
  /** Of those who are being asked for: who ended meanwhile. */
  const meanwhile = new Set<Set<string>>()
  let isClosed = false

  hearEnded((personId) => {
    for (const ended of meanwhile) ended.add(personId)
    endAll(({ id }) => id === personId, 'appointment')
  })

  function endAll(isOver: (person: SignedIn) => boolean, reason: Out['reason']): void {
    const over = [...known].filter(([, person]) => isOver(person))
    for (const [reader] of over) end(reader, reason)
  }

  function end(reader: Reader, reason: Out['reason']): void {
    known.delete(reader)
    reader.send(frameOf('out', { reason }))
    reader.hangUp()
  }

  async function meet(reader: Reader, hello: unknown): Promise<void> {
    const ended = new Set<string>()
    meanwhile.add(ended)
    try {
      const person = await sessions.personOf(reader.request)
      if (!person) return
      welcome(reader, person, ended)
      if (!reader.isGone && sinceOf(hello)) attend?.(reader, person.id)
    } finally {
      meanwhile.delete(ended)
    }
  }

  function welcome(reader: Reader, person: SignedIn, ended: ReadonlySet<string>): void {
    if (reader.isGone) return
    known.set(reader, person)
    reader.onGone(() => known.delete(reader))
    if (ended.has(person.id)) end(reader, 'appointment')
  }

  /** A database that does not answer now is asked again: until then nobody knows whose socket it is. */
  function greet(reader: Reader, hello: unknown): void {
    if (isClosed || reader.isGone) return
    meet(reader, hello).catch((error: unknown) => {
      log.warn({ err: error }, 'cannot ask whose a socket is')
      setTimeout(() => greet(reader, hello), ASK_EVERY).unref()
    })
  }

  async function look(): Promise<void> {
    const asked = new Set([...known.values()].map(({ sessionId }) => sessionId))
    if (asked.size === 0) return
    const lasting = await sessions.lasting([...asked])
    // Of sessions that began meanwhile nothing was asked.
    endAll(({ sessionId }) => asked.has(sessionId) && !lasting.has(sessionId), 'session')
  }

  let isLooking = false
  const timer = setInterval(() => {
    if (isLooking) return
    isLooking = true
    look()
      .catch((error: unknown) => log.warn({ err: error }, 'cannot ask which sessions last'))
      .finally(() => (isLooking = false))
  }, ASK_EVERY)

  return {
    arrive: greet,
    close() {
      isClosed = true
      clearInterval(timer)
    },
  }
}
