import { io } from 'socket.io-client'
import { untrack } from 'svelte'
import type { ViewSpec } from '#shared/view.ts'
import { type Hello, protocol, type StreamFilters, type StreamPart } from '#shared/wire.ts'
import type { Times } from '../i18n/times.ts'
import { type DeploymentStore, deployments } from '../live/deployment.svelte.ts'
import { freshness, type Freshness, isOld } from '../live/freshness.ts'
import { LiveBoard } from '../live/live-board.svelte.ts'
import type { BoardSocket } from '../live/socket.ts'
import { createTimes } from '../i18n/times.ts'

/**
 * The server's clock, whether it is heard, and what happens to single tickets, over one socket that comes
 * back by itself. Make it while a component is set up.
 */
export class Following {
  readonly #deployments: DeploymentStore = deployments()
  #filters: StreamFilters | undefined
  #socket: BoardSocket | undefined
  readonly #live: LiveBoard
  readonly freshness: Freshness = $derived.by(() => {
    const { connection } = this.#live
    const isFailing = connection.isFailing || this.#deployments.isFailing
    return freshness({ ...connection, isFailing }, this.deployment?.clock ?? 'database')
  })
  readonly times: Times = $derived(createTimes(this.deployment?.timeZone ?? 'UTC'))
  /** The deployment's clock, to the second; undefined until the server is heard. */
  readonly now: number | undefined = $derived(
    this.freshness.now && Math.floor(this.freshness.now / 1000) * 1000,
  )
  readonly isOld: boolean = $derived(isOld(this.freshness.state))

  /** `onPart` is told what happens, the first time what happened last. */
  constructor(onPart: (part: StreamPart) => void) {
    this.#live = new LiveBoard((views) => {
      this.#socket = this.#createSocket(views)
      this.#socket.on('stream', onPart)
      return this.#socket
    })
    $effect(() => untrack(() => this.#live.open()))
    $effect(() => {
      const edition = this.#live.pulse?.edition
      untrack(() => void this.#deployments.refresh(edition))
    })
  }

  get deployment() {
    return this.#deployments.deployment
  }

  /** The past is not shown here; so that what needs a board's state can be given this. */
  readonly isPast = false

  get refusal() {
    return this.#live.refusal
  }

  /** Which tickets to follow from now on. A refusal leaves the list without live changes, and the age says how old it is. */
  follow(filters: StreamFilters): void {
    this.#filters = filters
    if (this.#socket?.connected) this.#socket.emit('stream:follow', filters, () => {})
  }

  wake = (): void => this.#live.wake()

  #createSocket(views: () => readonly ViewSpec[]): BoardSocket {
    return io({
      transports: ['websocket'],
      autoConnect: false,
      reconnection: false,
      auth: (send) => {
        const hello: Hello = { protocol, views: views() }
        send({ ...hello, ...(this.#filters && { stream: this.#filters }) })
      },
    })
  }
}
