import type { DurableRecord, Out } from '#shared/records.ts'
import { restWhenHidden } from '../live/rest-when-hidden.ts'
import { wakeWithPage } from '../live/wake-with-page.ts'
import { type Appointed, concernOf } from '#shared/oversight/concern.ts'
import { RecordFollower, recordSocket } from './follower.ts'
import { nameOf, readKept, writeKept } from './kept.ts'
import { Notices } from './notices.ts'
import {
  beginAnew,
  merge,
  readAll,
  readSubject,
  take,
  type Told,
  type Unread,
  unreadOf,
} from './unread.ts'

interface Hearers {
  /** At most every 30 seconds, all that came since, in a page that is seen. */
  onNews: (told: readonly Told[]) => void
  onOut: (out: Out) => void
}

/** The records that concern who is signed in: which are unread, the same in all tabs of this browser. */
export class MyRecords {
  #state = $state.raw<Unread>(readKept(null))
  readonly unread: readonly Told[] = $derived(unreadOf(this.#state))
  readonly #me: Appointed
  readonly #hearers: Hearers
  readonly #createSocket: typeof recordSocket

  constructor(me: Appointed, hearers: Hearers, createSocket = recordSocket) {
    this.#me = me
    this.#hearers = hearers
    this.#createSocket = createSocket
    this.#state = this.#stored()
  }

  /** Follows records and other tabs, and returns the function that stops. */
  open(): () => void {
    const channel = new BroadcastChannel(nameOf(this.#me.person))
    const notices = new Notices(this.#hearers.onNews, () => document.visibilityState === 'visible')
    const put = (next: Unread) => {
      if (next === this.#state) return
      this.#put(next)
      channel.postMessage(writeKept(this.#state))
    }
    this.#publish = put
    const heard = (text: string | null) => {
      this.#state = merge(this.#state, readKept(text))
      notices.keep(this.#isUnread)
    }
    const onStorage = ({ key, newValue }: StorageEvent) =>
      key === nameOf(this.#me.person) && heard(newValue)
    channel.onmessage = ({ data }) => typeof data === 'string' && heard(data)
    addEventListener('storage', onStorage)

    const follower = new RecordFollower(
      {
        at: () => this.#state.at,
        onStart: (at, isAnew) =>
          put(isAnew ? beginAnew(this.#state, at) : take(this.#state, at, undefined)),
        onRecord: (record) => {
          const told = this.#told(record)
          put(take(this.#state, record, told))
          // Another tab may have counted it already, and nobody sees that tab.
          if (told && this.#isUnread(told)) notices.add(told)
        },
        onOut: this.#hearers.onOut,
      },
      this.#createSocket,
    )
    const stops = [wakeWithPage(follower), restWhenHidden(follower)]
    follower.wake()
    return () => {
      for (const stop of stops) stop()
      follower.rest()
      notices.stop()
      removeEventListener('storage', onStorage)
      channel.close()
      this.#publish = this.#put
    }
  }

  /** What is told of a subject was read: in all tabs. */
  read(subject: string): void {
    this.#publish(readSubject(this.#state, subject))
  }

  readAll(): void {
    this.#publish(readAll(this.#state))
  }

  #told(record: DurableRecord): Told | undefined {
    const why = concernOf(record, this.#me)
    const { seq, kind, body } = record
    return why && { seq, kind, why, subject: body.subject }
  }

  #isUnread = ({ seq }: Told): boolean => unreadOf(this.#state).some((one) => one.seq === seq)

  /** Begins with what is stored, so that what another tab has just kept stays. */
  #put = (next: Unread): void => {
    this.#state = merge(this.#stored(), next)
    try {
      localStorage.setItem(nameOf(this.#me.person), writeKept(this.#state))
    } catch {
      // It is kept as long as a tab is open.
    }
  }

  #publish = this.#put

  #stored(): Unread {
    try {
      return readKept(localStorage.getItem(nameOf(this.#me.person)))
    } catch {
      return readKept(null)
    }
  }
}
