import type { ViewSpec } from '#shared/view.ts'
import type { Patch, Pulse, Refusal, Snapshot } from '#shared/wire.ts'
import { type Answer, applyPatch, isContained, readSnapshot } from './answer.ts'
import { SILENCE, type Connection } from './freshness.ts'
import { elapsed, readClocks, type Reading } from './reading.ts'
import { isDue, patience, type Redial } from './redial.ts'
import type { BoardSocket } from './socket.ts'
import { TicketStream } from './ticket-stream.svelte.ts'
import { markViews } from './view-set.ts'

const TICK = 250
/** A dialled server has this long to send its first pulse. */
const FIRST_PULSE = 5_000
/** Waking up does not cut off a dial as young as this. */
const JUST_DIALLED = 2_000
/** A question not answered for this long is asked over a new connection. */
const UNANSWERED = 15_000
/** A refused question is asked again after this long: what was in the way may be gone. */
const AFTER_REFUSAL = 20_000

type Heard = { pulse: Pulse; reading: Reading }

/** One set of views, kept current over one socket that comes back by itself. Read it anywhere reactive. */
export class LiveBoard {
  #answer = $state.raw<Answer>()
  /** The answer's own time, moved on by each pulse that finds it complete. */
  #asOf = $state.raw<number>()
  #heard = $state.raw<Heard>()
  #isConnected = $state.raw(false)
  #isOutdated = $state.raw(false)
  #isAwaiting = $state.raw(true)
  #refusal = $state.raw<Refusal>()
  #now = $state.raw<Reading>(readClocks())

  /** Single tickets, over the same socket. */
  readonly stream: TicketStream
  /** The page let go of the server, and has not heard of a failure since. */
  #isRested = $state.raw(false)

  readonly #socket: BoardSocket
  #isOpen = false
  #timer: ReturnType<typeof setInterval> | undefined
  #wanted = markViews([])
  /** The set the server knows: sent with the handshake or the last `watch`. */
  #sent = this.#wanted
  #askedAt = readClocks()
  #dialledAt = readClocks()
  #attempt = $state.raw(0)
  #redial: Redial = { from: readClocks(), wait: 0 }

  /** `createSocket` is given what to send with every handshake, so that a reconnection asks for the current set. */
  constructor(createSocket: (views: () => readonly ViewSpec[]) => BoardSocket) {
    this.#socket = createSocket(() => (this.#sent = this.#wanted).marked)
    this.stream = new TicketStream(this.#socket, () => this.#serverNow())
  }

  /** Undefined until the first snapshot; then never undefined again. */
  get answer(): Answer | undefined {
    return this.#answer
  }

  get pulse(): Pulse | undefined {
    return this.#heard?.pulse
  }

  /** Why the server does not answer, in its own words. */
  get refusal(): Refusal | undefined {
    return this.#refusal
  }

  get connection(): Connection {
    return {
      isConnected: this.#isConnected,
      isOutdated: this.#isOutdated,
      isRefused: this.#refusal !== undefined,
      isFailing: this.#attempt > 1,
      isCurrent: !this.#isAwaiting,
      isRested: this.#isRested,
      asOf: this.#asOf,
      pulse: this.#heard?.pulse,
      pulseAge: this.#heard ? Math.max(0, elapsed(this.#heard.reading, this.#now)) : 0,
    }
  }

  /** Starts following, and returns the function that stops. */
  open(): () => void {
    const socket = this.#socket
    socket.on('connect', this.#onConnect)
    socket.on('disconnect', this.#onLost)
    socket.on('connect_error', this.#onRefused)
    socket.on('views:snapshot', this.#onSnapshot)
    socket.on('views:patch', this.#onPatch)
    socket.on('pulse', this.#onPulse)
    socket.on('stream', this.stream.take)
    this.#timer = setInterval(this.tick, TICK)
    this.#isOpen = true
    this.#dial()

    return () => {
      this.#isOpen = false
      this.#stopTimer()
      socket.off('connect', this.#onConnect)
      socket.off('disconnect', this.#onLost)
      socket.off('connect_error', this.#onRefused)
      socket.off('views:snapshot', this.#onSnapshot)
      socket.off('views:patch', this.#onPatch)
      socket.off('pulse', this.#onPulse)
      socket.off('stream', this.stream.take)
      this.stream.lost()
      socket.disconnect()
    }
  }

  /** Replaces what is followed. The old answer stays, marked as not current, until the new one is here. */
  watch(views: readonly ViewSpec[]): void {
    this.#wanted = markViews(views)
    this.#refusal = undefined
    this.#ask()
  }

  /** Looks at the clocks, and dials when the server has been silent for too long. */
  tick = (): void => {
    this.#now = readClocks()
    if (this.#isOutdated) return
    this.stream.tick(this.#now)
    const isUnanswered = this.#isAwaiting && elapsed(this.#askedAt, this.#now) > UNANSWERED
    if (!isDue(this.#redial, this.#now) && (!isUnanswered || this.#refusal)) return
    this.#isRested = false
    this.#dial()
  }

  /** Nobody looks: nothing is sent, and no timer runs, until `wake`. */
  rest = (): void => {
    if (!this.#isOpen || this.#isOutdated || this.#timer === undefined) return
    this.#stopTimer()
    this.#socket.disconnect()
    this.#onLost()
    this.#isRested = true
  }

  /** The machine woke up, the page was shown, the network came back: do not wait for the timer. */
  wake = (): void => {
    this.#now = readClocks()
    if (!this.#isOpen || this.#isOutdated) return
    if (this.#timer === undefined) {
      this.#timer = setInterval(this.tick, TICK)
      return this.#dial()
    }
    const isHeard = this.#heard && elapsed(this.#heard.reading, this.#now) <= SILENCE
    const isDialling = elapsed(this.#dialledAt, this.#now) <= JUST_DIALLED
    if (!isDialling && (!isHeard || !this.#isConnected)) this.#dial()
  }

  #stopTimer(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  #dial(): void {
    this.#dialledAt = readClocks()
    this.#socket.disconnect()
    this.#await()
    this.#redialIn(patience(this.#refusal ? AFTER_REFUSAL : FIRST_PULSE, this.#attempt++))
    this.#socket.connect()
  }

  #ask(): void {
    this.#await()
    if (!this.#isConnected) return
    const set = (this.#sent = this.#wanted)
    this.#socket.emit('watch', set.marked, (refusal) => {
      if (refusal && set === this.#wanted) this.#refuse(refusal)
    })
  }

  #await(): void {
    this.#isAwaiting = true
    this.#askedAt = readClocks()
  }

  #serverNow(): number | undefined {
    const heard = this.#heard
    return heard && heard.pulse.now + Math.max(0, elapsed(heard.reading, readClocks()))
  }

  #redialIn(wait: number): void {
    this.#redial = { from: readClocks(), wait }
  }

  #onConnect = () => {
    this.#isConnected = true
    if (this.#sent !== this.#wanted) this.#ask()
    this.stream.connected()
  }

  #onLost = () => {
    this.#isConnected = false
    this.stream.lost()
    this.#isRested = false
    this.#isAwaiting = true
    this.#redialIn(patience(500, this.#attempt))
  }

  /** A refusal by the server carries `data`; anything else is the network's. */
  #onRefused = (error: Error & { data?: unknown }) => {
    this.#onLost()
    if (error.message === 'outdated') this.#isOutdated = true
    else if ('data' in error) this.#refuse({ error: error.message })
  }

  #refuse(refusal: Refusal): void {
    this.#refusal = refusal
    this.#redialIn(AFTER_REFUSAL)
  }

  /** What still arrives of an older set is not an answer to this one. */
  #onSnapshot = (snapshot: Snapshot) => {
    const answer = readSnapshot(this.#wanted, snapshot)
    if (!answer) return
    this.#answer = answer
    this.#asOf = snapshot.asOf
    this.#attempt = 0
    this.#isAwaiting = false
    this.#isRested = false
    this.#refusal = undefined
  }

  #onPatch = (patch: Patch) => {
    if (!this.#answer || this.#isAwaiting || isContained(patch.at, this.#answer)) return
    const next = applyPatch(this.#wanted, this.#answer, patch)
    if (!next) return this.#ask()
    this.#answer = next
    this.#advance(patch.asOf)
  }

  #advance(asOf: number): void {
    this.#asOf = Math.max(this.#asOf ?? asOf, asOf)
  }

  #onPulse = (pulse: Pulse) => {
    this.#now = readClocks()
    this.#heard = { pulse, reading: this.#now }
    if (!this.#isAwaiting) this.#advance(pulse.asOf)
    if (!this.#refusal) this.#redialIn(SILENCE)
  }
}
