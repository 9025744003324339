import type { DurableRecord, Out } from '#shared/records.ts'
import {
  beginAnew,
  lookAt,
  merge,
  readAll,
  readSubject,
  take,
  type Told,
  type Unread,
  unreadOf,
} from '#shared/unread.ts'
import { restWhenHidden } from '../live/rest-when-hidden.ts'
import { wakeWithPage } from '../live/wake-with-page.ts'
import { type Appointed, changesStanding, type Concern } from '#shared/oversight/concern.ts'
import { RecordFollower, recordSocket } from './follower.ts'
import { Keeping } from './keeping.ts'
import { nameOf, readKept, writeKept } from './kept.ts'
import { Notices } from './notices.ts'
import { Sorting } from './sorting.ts'

interface Hearers {
  /** At most every 30 seconds, all that came since, in a page that is seen. */
  onNews: (told: readonly Told[]) => void
  onOut: (out: Out) => void
  /** What they are appointed to may have changed. */
  onStanding: () => void
}

/** The records that concern who is signed in: which are unread, the same in all tabs and on all devices of theirs. */
export class MyRecords {
  #state = $state.raw<Unread>(readKept(null))
  #isKnown = $state(false)
  readonly unread: readonly Told[] = $derived(unreadOf(this.#state))
  /** The newest act that they saw on their desk, on whichever device; undefined until that is known. */
  readonly looked: number | undefined = $derived(this.#isKnown ? this.#state.looked : undefined)
  readonly #me: Appointed
  readonly #hearers: Hearers
  readonly #createSocket: typeof recordSocket

  constructor(me: Appointed, hearers: Hearers, createSocket = recordSocket) {
    this.#me = me
    this.#hearers = hearers
    this.#createSocket = createSocket
    this.#state = this.#stored()
  }

  /** Follows records, other tabs and other devices, and returns the function that stops. */
  open(): () => void {
    const channel = new BroadcastChannel(nameOf(this.#me.person))
    const notices = new Notices(this.#hearers.onNews, () => document.visibilityState === 'visible')
    const put = (next: Unread) => {
      if (next === this.#state) return
      this.#put(next)
      channel.postMessage(writeKept(this.#state))
    }
    const heard = (known: Unread) => {
      this.#state = merge(this.#state, known)
      notices.keep(this.#isUnread)
    }
    const onStorage = ({ key, newValue }: StorageEvent) =>
      key === nameOf(this.#me.person) && heard(readKept(newValue))
    channel.onmessage = ({ data }) => typeof data === 'string' && heard(readKept(data))
    addEventListener('storage', onStorage)

    const keeping = new Keeping({
      state: () => this.#state,
      onKept: (kept) => {
        if (kept) onUnread(kept)
        this.#isKnown = true
        follow()
      },
    })
    const onUnread = (known: Unread) => {
      heard(known)
      this.#put(this.#state)
    }
    this.#publish = (next) => {
      if (next === this.#state) return
      put(next)
      keeping.keep()
    }
    const sorting = new Sorting({
      me: this.#me,
      onSorted: (record, why) => {
        const told = why && toldOf(record, why)
        put(take(this.#state, record, told))
        // Another tab may have counted it already, and nobody sees that tab.
        if (told && this.#isUnread(told)) notices.add(told)
      },
    })
    const follower = new RecordFollower(
      {
        at: () => {
          // What waits is told again from there.
          sorting.clear()
          return this.#state.at
        },
        onStart: (at, isAnew) => {
          sorting.clear()
          this.#publish(isAnew ? beginAnew(this.#state, at) : take(this.#state, at, undefined))
        },
        onRecord: (record) => {
          if (changesStanding(record, this.#me)) this.#hearers.onStanding()
          sorting.add(record)
        },
        onUnread,
        onOut: (out) => {
          // Who is appointed to nothing is still signed in: what is appointed next is heard.
          if (out.reason === 'appointment') follower.wake()
          this.#hearers.onOut(out)
        },
      },
      this.#createSocket,
    )
    const stops: (() => void)[] = []
    const follow = () => {
      if (stops.length > 0) return
      stops.push(wakeWithPage(follower), restWhenHidden(follower))
      follower.wake()
    }
    // Who knows no place goes on where another device was: from now on it would count less than that.
    if (this.#state.at) follow()
    keeping.keep()
    return () => {
      for (const stop of stops) stop()
      keeping.stop()
      follower.rest()
      sorting.clear()
      notices.stop()
      removeEventListener('storage', onStorage)
      channel.close()
      this.#publish = this.#put
    }
  }

  /** What is told of a subject was read: in all tabs, on all devices. */
  read(subject: string): void {
    this.#publish(readSubject(this.#state, subject))
  }

  readAll(): void {
    this.#publish(readAll(this.#state))
  }

  /** All up to this act was seen on the desk. */
  look(act: number): void {
    this.#publish(lookAt(this.#state, act))
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

const toldOf = ({ seq, kind, body: { subject } }: DurableRecord, why: Concern): Told => ({
  ...{ seq, kind, why, subject },
})
